import type { Failed } from '../engine.ts'
import type { Answer } from '../wire/call.ts'
import { judgeRefusal } from '../wire/start-call.ts'
import { toFailed } from './failure.ts'
import { readJobError } from './job-document.ts'
import type { OnWarning } from './standing.ts'

/**
 * What a start led to that was not answered with success.
 *
 * Refusals of *this input* end the job, for the same words would be refused again: 422 and 413 by themselves, 400 when
 * it has an error of the protocol (a proxy's own 400, such as for plain HTTP on a TLS port, has none). Every other 4xx
 * is about the operator's set-up or the moment and nothing the caller did: a wrong token (401, 403), a wrong base URL or
 * a server being replaced (404, 405), a full queue (429). Those are {@link NotAccepted}: the request waits and is tried
 * again until its deadline. The rest (5xx, redirects) leaves the outcome unknown: a proxy answers so
 * after it has handed the request on. A server that has no room says 429, never 503.
 */
export function readRefusal(answer: Answer, onWarning: OnWarning): Failed {
  const { status } = answer
  const error = readJobError(answer.body)
  judgeRefusal(answer, status === 422 || status === 413 || (status === 400 && error?.code != null))
  onWarning(
    `a job was refused: the engine answered ${status}${error === null ? '' : ` (${error.code}: ${error.message})`}`,
  )
  return toFailed(error, 'The engine refused the input.')
}
