/** The user left; the generation goes on. */
export class DetachedError extends Error {}

/** What a wait is stopped by. */
export interface Detachable {
  signal: AbortSignal
  /** Takes the listener away. */
  dispose(): void
}

/** Turns the first Ctrl-C into an abort with a {@link DetachedError}; a second one ends the process as always. */
export function detachOnInterrupt(): Detachable {
  const controller = new AbortController()
  const detach = () => controller.abort(new DetachedError())
  process.once('SIGINT', detach)
  return { signal: controller.signal, dispose: () => process.removeListener('SIGINT', detach) }
}

/** Exit code of a process that was interrupted, by the custom of shells. */
export const INTERRUPTED = 130
