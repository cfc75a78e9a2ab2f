/** What the sandbox plays instead of completing at once. */
export const SANDBOX_SCENARIOS = ['slow', 'fail', 'reject', 'timeout', 'cancel'] as const
export type SandboxScenario = (typeof SANDBOX_SCENARIOS)[number]
