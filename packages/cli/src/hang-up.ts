import { isatty } from 'node:tty'

/** What a hang-up may ask of a server. */
export interface HangUpActions {
  reload: () => void
  /** Stops the server and then calls `end`. */
  stop: (end: () => void) => void
}

/**
 * SIGHUP means that the model files are to be read again; but where the server was started in a terminal that has been
 * closed, it means what it means to every program there: to stop. Listens from now on; what comes before the server can
 * act is kept for it.
 */
export function listenForHangUp(): { pass(actions: HangUpActions): void } {
  const terminals = [0, 1, 2].filter((stream) => isatty(stream))
  const isTerminalGone = () => terminals.length > 0 && !terminals.some((stream) => isatty(stream))
  let actions: HangUpActions | null = null
  let isPending = false
  const act = () => {
    if (isTerminalGone()) actions === null ? end() : actions.stop(end)
    else if (actions === null) isPending = true
    else actions.reload()
  }
  /** Without a terminal Node's own exit hangs while it resets that, so the signal ends the process as if never caught. */
  const end = () => {
    process.removeListener('SIGHUP', act)
    process.kill(process.pid, 'SIGHUP')
  }
  process.on('SIGHUP', act)
  return {
    pass(to) {
      actions = to
      if (isPending) act()
    },
  }
}
