import type { CONSOLE_OPERATIONS, ConsoleOperationName } from '@clipia/contract'
import type { Member } from '../../members/member.ts'
import type { Attempt } from '../../members/sign-in.ts'
import type { Answer, Call } from '../handler.ts'

/** A checked request of a console operation, as its handler sees it. */
export interface ConsoleCall<Op> extends Pick<Call<Op>, 'params' | 'query' | 'body'> {
  /** Who is signed in; null only where the operation is open to everyone. */
  member: Op extends { auth: 'session' } ? Member : null
  /** The request's headers, which hold the session's cookie. */
  headers: Headers
  attempt: Attempt
}

/** Calls one operation and words its answer. */
export type ConsoleHandler<Name extends ConsoleOperationName> = (
  call: ConsoleCall<(typeof CONSOLE_OPERATIONS)[Name]>,
) => Promise<Answer>

/** A handler for every operation of the console. */
export type ConsoleHandlers = { [Name in ConsoleOperationName]: ConsoleHandler<Name> }
