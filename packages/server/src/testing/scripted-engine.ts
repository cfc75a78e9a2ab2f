import type {
  Canceled,
  Engine,
  EngineContext,
  EngineTraits,
  Job,
  Outcome,
  Progress,
  Started,
  Ticket,
} from '../engines/engine.ts'

/** What a scripted engine answers, and what it was asked. */
export interface ScriptedEngine extends Engine {
  starts: string[]
  cancels: string[]
  finds: string[]
  onStart: (job: Job, context: EngineContext) => Promise<Started>
  onCheck: (job: Job, ticket: Ticket) => Promise<Progress | Outcome>
  /** Undefined: the engine cannot cancel. */
  onCancel: ((job: Job) => Promise<Canceled | null>) | undefined
  onFind: ((job: Job) => Promise<Started | null>) | undefined
  slots: number
  /** False: its models are inactive. */
  isReachable: boolean
}

/** A real implementation of the engine port whose answers a test sets: it starts with a ticket and keeps running. */
export function createScriptedEngine(name: string, traits: Partial<EngineTraits> = {}): ScriptedEngine {
  const engine: ScriptedEngine = {
    name,
    traits: { isStartIdempotent: false, pollMs: 1_000, capacity: null, ...traits },
    starts: [],
    cancels: [],
    finds: [],
    slots: 100,
    isReachable: true,
    onStart: async (job) => ({ ticket: { job: job.requestId } }),
    onCheck: async () => ({ state: 'running', percent: 0 }),
    onFind: undefined,
    onCancel: async () => null,
    isActive: () => engine.isReachable,
    freeSlots: () => engine.slots,
    async start(job, context) {
      engine.starts.push(job.requestId)
      return engine.onStart(job, context)
    },
    check: (job, ticket) => engine.onCheck(job, ticket),
    get find() {
      const { onFind } = engine
      if (onFind === undefined) return undefined
      return async (job: Job) => {
        engine.finds.push(job.requestId)
        return onFind(job)
      }
    },
    get cancel() {
      const { onCancel } = engine
      if (onCancel === undefined) return undefined
      return async (job: Job) => {
        engine.cancels.push(job.requestId)
        return onCancel(job)
      }
    },
  }
  return engine
}
