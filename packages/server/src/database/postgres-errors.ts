import { ConstraintError, DatabaseUnavailable, LockTimeout } from './database.ts'

interface ServerError {
  code: string
  table?: string
  constraint?: string
}

function isServerError(error: unknown): error is Error & ServerError {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string'
}

/** Whether PostgreSQL undid the transaction only because of others (deadlock, serialization), so that it can run again. */
export function isRetryable(error: unknown): boolean {
  return isServerError(error) && (error.code === '40P01' || error.code === '40001')
}

/**
 * Turns an error of `pg` into one of the port's errors. What the server did not send is the connection's doing:
 * `wasSent` says whether the change may have happened all the same. Statement errors are defects and stay as they are.
 */
export function translatePostgresError(error: unknown, wasSent: boolean): unknown {
  if (!isServerError(error)) {
    const internal = error instanceof Error ? error.message : String(error)
    return new DatabaseUnavailable(internal, { cause: error, isOutcomeUnknown: wasSent })
  }
  if (error.code === '23505') return new ConstraintError('unique', error.table ?? '', error)
  if (error.code === '23514') return new ConstraintError('check', error.constraint ?? '', error)
  if (error.code.startsWith('23')) return new ConstraintError('other', error.constraint ?? '', error)
  if (error.code === '55P03') return new LockTimeout(error)
  // 08 connection, 25006 read-only, 53 resources, 57 operator intervention (shutdown, cancel), 58 system, 40 rollback
  if (/^(08|53|57|58|40)|^25006$/.test(error.code)) {
    // A server that stops says so wherever it is, also behind the point at which a commit is on disk.
    const isOutcomeUnknown = wasSent && /^(08|57P0|58)/.test(error.code)
    return new DatabaseUnavailable(error.message, { cause: error, isOutcomeUnknown })
  }
  return error
}
