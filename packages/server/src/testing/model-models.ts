import { modelOf } from '../catalogue/testing/test-models.ts'
import { SILENT_OBSERVER } from '../metrics/observer.ts'
import type { Recovery } from './upstream.ts'

/** The kinds of providers of a model run. */
export const RECOVERIES: readonly Recovery[] = ['idempotent', 'findable', 'calling', 'blind']
/** One model on each provider alone, and some that may go from one to the other. */
const ROUTES: readonly (readonly Recovery[])[] = [
  ...RECOVERIES.map((recovery) => [recovery]),
  ['blind', 'findable', 'idempotent'],
  ['idempotent', 'blind'],
  ['calling', 'findable'],
]

/** The models of a model run, each at its own price. */
export const MODELS = ROUTES.map((engines, index) =>
  modelOf(`slug: model-${index}
type: image
name: ${engines.join(' or ')}
capabilities: [text-to-image]
routes: [${engines.map((engine) => `{ engine: ${engine} }`).join(', ')}]
run_limit_seconds: 600
parameters:
  prompt: { type: string, required: true, max_length: 100 }
price:
  base: ${index + 1}
`),
)

/** Nobody is told what happens. */
export const NOBODY_LISTENS = { onQueued: () => {}, onDelivery: () => {}, observer: SILENT_OBSERVER } as const
