import { ENGINE_OPERATIONS } from './console/engines.ts'
import { INSIGHT_OPERATIONS } from './console/insight.ts'
import { KEY_OPERATIONS } from './console/keys.ts'
import { MEMBER_OPERATIONS } from './console/members.ts'
import { SESSION_OPERATIONS } from './console/session.ts'
import { WEBHOOK_OPERATIONS } from './console/webhooks.ts'
import type { Operation } from './operation.ts'
import { OPERATIONS, type OperationName } from './operations.ts'

/** What the console can do besides the API's own operations. */
export const CONSOLE_OPERATIONS = {
  ...SESSION_OPERATIONS,
  ...MEMBER_OPERATIONS,
  ...KEY_OPERATIONS,
  ...INSIGHT_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...ENGINE_OPERATIONS,
} as const satisfies Record<string, Operation>

/** Name of a console operation. */
export type ConsoleOperationName = keyof typeof CONSOLE_OPERATIONS

/**
 * Path of an operation of the API under the console's prefix, where a session takes the place of the key:
 * `/v1/models/{slug}` becomes `/console/v1/{mode}/models/{slug}`, with `mode` live or test.
 */
export function toConsolePath(name: OperationName): string {
  return OPERATIONS[name].path.replace(/^\/v1\//, '/console/v1/{mode}/')
}
