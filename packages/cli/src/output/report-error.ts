/** What the file system answers where a folder cannot be made or written: no right, no such place, no room. */
const UNWRITABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENOSPC'])

/** Says what went wrong in one line (or one a mistake) that an operator can act on, and makes the exit code 1. */
export function reportError(error: unknown): void {
  process.exitCode = 1
  process.stderr.write(`clipia: ${explain(error)}\n`)
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, syscall, port, path } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `port ${port} is taken: stop what listens there, or set CLIPIA_PORT (or --port)`
  if (code === 'EACCES' && syscall === 'listen')
    return `port ${port} may not be used: choose one above 1023 (CLIPIA_PORT)`
  if (code === 'EADDRNOTAVAIL') return 'this machine has no such address: set CLIPIA_HOST (or --host)'
  if (UNWRITABLE.has(code ?? '')) {
    return `${path ?? 'the data folder'} cannot be written: choose another folder with CLIPIA_DATA_DIR (or --data-dir)`
  }
  const internal = 'internal' in error && typeof error.internal === 'string' ? ` (${error.internal})` : ''
  return `${error.message}${internal}`
}
