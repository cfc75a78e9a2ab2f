import type { JsonValue } from '../../json.ts'
import type { Failed, Job, Outcome, Progress, Usage } from '../engine.ts'
import type { OnWarning } from '../provider-parts.ts'
import { toPublicText } from '../public-text.ts'
import { textOf, wholeOf } from '../wire/json-fields.ts'
import { pickMedia } from '../wire/pick-media.ts'
import { MADE_NOTHING, REJECTED, refusedInput } from '../wire/rejected.ts'
import type { AnswerReading, Definition, StandingWord } from './definition.ts'

/** Reads answers about jobs by a definition. */
export interface AnswerReader {
  /** Our word for how a job stands; null where the answer has no status, `running` with a warning for an unknown one. */
  readStanding(body: JsonValue): Promise<StandingWord | null>
  /** How a job stands whose answer says so by this word. */
  readOutcome(standing: StandingWord, body: JsonValue, job: Job): Promise<Progress | Outcome>
  /** How a job ended whose start was refused. */
  readRefusal(body: JsonValue): Promise<Failed>
}

/** Creates the reader of a definition's answers. */
export function createAnswerReader({ answer, areFailuresFree }: Definition, onWarning: OnWarning): AnswerReader {
  async function readUsage(body: JsonValue): Promise<{ usage?: Usage }> {
    const amount = answer.usage === null ? undefined : await answer.usage.amount.evaluate(body)
    return answer.usage !== null && typeof amount === 'number' && amount >= 0
      ? { usage: { unit: answer.usage.unit, amount } }
      : {}
  }

  async function readFinished(body: JsonValue, job: Job): Promise<Outcome> {
    const usage = await readUsage(body)
    const media = await readMedia(answer, body, job)
    if (media.length === 0) {
      onWarning('a job was finished without media where they were looked for')
      return { ...MADE_NOTHING, ...usage }
    }
    const seed = wholeOf(await answer.seed?.evaluate(body))
    return { state: 'finished', media, ...(seed !== undefined && { seed }), ...usage }
  }

  async function readFailed(body: JsonValue, isRejected: boolean): Promise<Failed> {
    const usage = await readUsage(body)
    const isCharged = (await answer.charged?.evaluate(body)) === true
    if (isRejected || (await answer.rejected?.evaluate(body)) === true) return { ...REJECTED, isCharged, ...usage }
    const reason = textOf(await answer.error?.evaluate(body)) ?? 'it does not say why'
    return {
      state: 'failed',
      code: 'GENERATION_FAILED',
      message: `The provider failed to make the media: ${reason}`,
      isCharged,
      ...(areFailuresFree && !isCharged && { isEngineFault: true }),
      ...usage,
    }
  }

  return {
    async readStanding(body) {
      const word = await answer.status.evaluate(body)
      if (word === undefined || word === null || typeof word === 'object') return null
      const standing = answer.words.get(String(word))
      if (standing === undefined)
        onWarning(`the engine says "${toPublicText(String(word), 64)}", which its file does not`)
      return standing ?? 'running'
    },
    async readOutcome(standing, body, job) {
      switch (standing) {
        case 'queued':
        case 'running': {
          const percent = await answer.progress?.evaluate(body)
          return {
            state: 'running',
            percent: typeof percent === 'number' ? toPercent(percent) : null,
            ...(standing === 'queued' && { isWaiting: true }),
          }
        }
        case 'finished':
          return readFinished(body, job)
        case 'canceled':
          return { state: 'canceled', isCharged: (await answer.charged?.evaluate(body)) === true }
        default:
          return readFailed(body, standing === 'rejected')
      }
    },
    async readRefusal(body) {
      if ((await answer.rejected?.evaluate(body)) === true) return REJECTED
      return refusedInput(textOf(await answer.error?.evaluate(body)))
    },
  }
}

/** The media at the place the file names, or else at the usual ones. */
async function readMedia({ media }: AnswerReading, body: JsonValue, job: Job) {
  if (media === null || typeof job.settings.output === 'string') return pickMedia(body, job)
  return pickMedia((await media.evaluate(body)) ?? null, job)
}

function toPercent(value: number): number {
  return Math.min(Math.max(Math.floor(value), 0), 100)
}
