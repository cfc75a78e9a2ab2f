import type { JsonValue } from '../../json.ts'
import type { Failed, Job, Outcome, Progress, Usage } from '../engine.ts'
import type { OnWarning } from '../provider-parts.ts'
import { toPublicText } from '../public-text.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'
import { pickMedia } from '../wire/pick-media.ts'
import { MADE_NOTHING, REJECTED } from '../wire/rejected.ts'

/** How models and Replicate say that content was rejected: there is no field for it. */
const REJECTION = /\bE005\b|nsfw|flagged|sensitive|safety|moderation|content policy/i

/** The last percentage a model printed, as its progress bars do. */
const PERCENT = /(\d{1,3})%\|/g

/** How a job stands, from its prediction. Throws for what is none: nothing can be concluded from it. */
export async function readPrediction(body: unknown, job: Job, onWarning: OnWarning): Promise<Progress | Outcome> {
  const prediction = fieldsOf(body)
  switch (prediction.status) {
    case 'starting':
      return { state: 'running', percent: 0, isWaiting: true }
    case 'processing':
      return { state: 'running', percent: readPercent(prediction.logs) }
    case 'succeeded':
      return readSuccess(prediction, job, onWarning)
    case 'failed':
    case 'aborted':
      return readFailure(prediction)
    case 'canceled':
      return { state: 'canceled', isCharged: false }
    default:
      if (typeof prediction.status !== 'string') throw new Error('Replicate answered with no prediction')
      onWarning(`Replicate says "${toPublicText(prediction.status, 64)}", which is no status it documents`)
      return { state: 'running', percent: null }
  }
}

async function readSuccess(
  prediction: Readonly<Record<string, unknown>>,
  job: Job,
  onWarning: OnWarning,
): Promise<Outcome> {
  const media = await pickMedia((prediction.output ?? null) as JsonValue, job)
  const usage = readUsage(prediction)
  if (media.length > 0) return { state: 'finished', media, ...usage }
  onWarning('Replicate completed a job without media where they were looked for')
  return { ...MADE_NOTHING, ...usage }
}

/** What never ran is a fault of Replicate and costs nothing; what ran may have been charged by the second. */
function readFailure(prediction: Readonly<Record<string, unknown>>): Failed {
  const error = textOf(prediction.error) ?? 'it does not say why'
  const usage = readUsage(prediction)
  if (REJECTION.test(error)) return { ...REJECTED, ...usage }
  const message = `The provider failed to make the media: ${error}`
  const isEngineFault = usage.usage === undefined
  return { state: 'failed', code: 'GENERATION_FAILED', message, isCharged: false, isEngineFault, ...usage }
}

function readPercent(logs: unknown): number | null {
  const last = typeof logs === 'string' ? [...logs.slice(-10_000).matchAll(PERCENT)].at(-1) : undefined
  return last === undefined ? null : Math.min(99, Number(last[1]))
}

function readUsage({ metrics }: Readonly<Record<string, unknown>>): { usage?: Usage } {
  const { predict_time: seconds } = fieldsOf(metrics)
  return typeof seconds === 'number' && seconds > 0 ? { usage: { unit: 'second', amount: seconds } } : {}
}
