import type { OperationReply } from './call-operation.ts'
import type { ToolAnswer } from './tool.ts'

/**
 * Words an operation's error for an agent: the same code, message and field as over HTTP, and what is safe to do. A
 * server's fault leaves open what happened, so it never says that nothing did.
 */
export function toRefusal({ status, body }: OperationReply, whenUnknown: string): ToolAnswer {
  const advice = status >= 500 ? whenUnknown : adviceFor(status)
  return { isError: true, data: { error: body.error, what_to_do: advice } }
}

function adviceFor(status: number): string {
  if (status === 401) return 'Nothing was done. Ask your user for a valid key; calling again does not help.'
  if (status === 402) return 'Nothing was bought. Ask your user: credits or the budget of the key must be raised.'
  if (status === 429) return 'Nothing was done. Wait a few seconds, then make the same call once.'
  return 'Nothing was done. Correct the call as the message says, or ask your user.'
}
