import type { Mode } from '@clipia/contract/operation'
import { SANDBOX_SCENARIOS, type SandboxScenario } from '@clipia/contract/scenarios'
import { ClipiaError } from '../errors.ts'

/** Refuses a scenario that is none, and one for a key that has no sandbox. */
export function checkScenario(scenario: SandboxScenario | undefined, mode: Mode): void {
  if (scenario === undefined) return
  const refuse = (message: string) => new ClipiaError('invalid_request', message, { param: 'scenario' })
  if (!SANDBOX_SCENARIOS.includes(scenario)) throw refuse(`scenario must be one of ${SANDBOX_SCENARIOS.join(', ')}`)
  if (mode !== 'test') throw refuse('scenario is for test keys')
}
