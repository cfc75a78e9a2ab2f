import { EngineBusy } from '../engine.ts'
import type { Answer } from './call.ts'

/** Passes on an answer of success. Any other says nothing about the job: thrown, to be asked again later. */
export function expectOk(answer: Answer): Answer {
  if (answer.isOk) return answer
  const { status, retryAfterMs } = answer
  throw new EngineBusy(`the engine answered ${status}`, { retryAfterMs })
}
