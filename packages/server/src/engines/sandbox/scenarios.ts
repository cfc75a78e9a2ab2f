import type { SandboxScenario } from '@clipia/contract'
import type { Failed } from '../engine.ts'

/** How a scenario of the sandbox goes. */
export interface Scenario {
  /** Milliseconds from its start to its end; null for one that never ends by itself. */
  durationMs: number | null
  /** How it ends. `canceled`: as if its owner had asked for it. */
  ending: 'finished' | 'canceled' | Failed | null
  /** Its running deadline, instead of the model's. */
  runLimitMs?: number
}

const failed = (code: Failed['code'], message: string): Failed => ({ state: 'failed', code, message, isCharged: false })

/** Every scenario; short, so that tests of clients are. */
export const SCENARIOS: Readonly<Record<SandboxScenario, Scenario>> = {
  slow: { durationMs: 5_000, ending: 'finished' },
  fail: { durationMs: 2_000, ending: failed('GENERATION_FAILED', 'The sandbox played a failure.') },
  reject: { durationMs: 1_000, ending: failed('CONTENT_REJECTED', 'The sandbox played a refusal of the content.') },
  timeout: { durationMs: null, ending: null, runLimitMs: 4_000 },
  cancel: { durationMs: 2_000, ending: 'canceled' },
}

/** The name of the engine that plays scenarios, and of its pool. */
export const SANDBOX_ENGINE = 'sandbox'
