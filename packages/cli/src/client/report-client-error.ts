import { ClipiaApiError } from '@clipia/client'
import { clean } from '../terminal/terminal.ts'

/** Says on stderr what went wrong, in the form published clients have, and makes the exit code 1. */
export function reportClientError(error: unknown, stderr: NodeJS.WriteStream): void {
  process.exitCode = 1
  stderr.write(`Error: ${explain(error)}\n`)
}

function explain(error: unknown): string {
  if (error instanceof ClipiaApiError) return `[${error.status} ${error.code}] ${clean(error.message)}`
  return error instanceof Error ? error.message : String(error)
}
