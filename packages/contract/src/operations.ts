import type { Operation } from './operation.ts'
import { ACCOUNT_OPERATIONS } from './operations/account.ts'
import { DELIVERY_OPERATIONS } from './operations/deliveries.ts'
import { FILE_OPERATIONS } from './operations/files.ts'
import { MODEL_OPERATIONS } from './operations/models.ts'
import { REQUEST_OPERATIONS } from './operations/requests.ts'

/** Every operation of the API, a file a resource. A test fails when a route has no row here, or a row no route. */
export const OPERATIONS = {
  ...MODEL_OPERATIONS,
  ...REQUEST_OPERATIONS,
  ...DELIVERY_OPERATIONS,
  ...FILE_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
} as const satisfies Record<string, Operation>

/** Name of an operation, unique and stable; OpenAPI's operationId. */
export type OperationName = keyof typeof OPERATIONS
