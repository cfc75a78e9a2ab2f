import type { FaultChance, JobChance } from '../emulator/options.ts'

/** Slug of the model the emulator renders. */
export const EMULATED_SLUG = 'gpu-1'

/** Its file. */
export const EMULATED_MODEL = `slug: ${EMULATED_SLUG}
type: image
name: A server of one's own
capabilities: [text-to-image]
engine: { name: http }
run_limit_seconds: 900
parameters:
  prompt: { type: string, required: true, max_length: 100 }
price:
  base: 2
`

/** What real servers do: answers are lost after acceptance, connections break, 5xx lie. */
export const FAULTS: FaultChance[] = [
  { probability: 0.08, fault: { on: 'start', act: 'reset', stage: 'after' } },
  { probability: 0.04, fault: { on: 'start', act: 'reset', stage: 'before' } },
  { probability: 0.05, fault: { on: 'start', act: 'answer', status: 503, stage: 'after' } },
  { probability: 0.05, fault: { on: 'start', act: 'answer', status: 429, stage: 'before', retryAfterSeconds: 1 } },
  { probability: 0.05, fault: { on: 'start', act: 'truncate' } },
  { probability: 0.1, fault: { on: 'check', act: 'answer', status: 502 } },
  { probability: 0.1, fault: { on: 'find', act: 'reset', stage: 'before' } },
  { probability: 0.05, fault: { on: 'media', act: 'answer', status: 500 } },
]

/** How jobs go wrong there: they fail, say words nobody knows, cannot be canceled, come late. */
export const JOBS: JobChance[] = [
  { probability: 0.1, job: { error: { code: 'GENERATION_FAILED', message: 'out of memory' } } },
  { probability: 0.1, job: { oddState: 'warming', oddMs: 300 } },
  { probability: 0.1, job: { cancel: 'refuse' } },
  { probability: 0.1, job: { lateMs: 1_500 } },
]
