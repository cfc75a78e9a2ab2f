import { CLIPIA_COMMAND, type Ended, startProcess } from './child-process.ts'
import { waitFor } from './wait-for.ts'

/** Runs the rest of its arguments in a pseudo-terminal of 24 rows, whose keys are our stdin and whose screen our stdout. */
const PSEUDO_TERMINAL = `
import fcntl, os, pty, select, struct, sys, termios
pid, screen = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
keys = [0]
while True:
    ready, _, _ = select.select([screen] + keys, [], [])
    if screen in ready:
        try:
            data = os.read(screen, 65536)
        except OSError:
            break
        if not data:
            break
        os.write(1, data)
    if 0 in ready:
        data = os.read(0, 1024)
        if data:
            os.write(screen, data)
        else:
            keys = []
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 255)
`

/** A `clipia` command in a real terminal. */
export interface InTerminal {
  /** All that was written to the terminal so far, escape sequences included. */
  screen(): string
  /** Waits until the screen matches. */
  sees(pattern: RegExp): Promise<void>
  /** Types keys; Ctrl-C is `\x03`. */
  type(keys: string): void
  /** Its end; `stdout` is the screen. */
  ended: Promise<Ended>
}

/** Starts a `clipia` command in a real pseudo-terminal. */
export function startInTerminal(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  { cwd, columns = 100 }: { cwd?: string; columns?: number } = {},
): InTerminal {
  // Whatever runs the tests must not be taken for the terminal.
  const neutral = { TERM: 'xterm-256color', TERM_PROGRAM: '', LC_TERMINAL: '', KITTY_WINDOW_ID: '', TMUX: '', STY: '' }
  const variables = { ...neutral, NO_COLOR: '', FORCE_COLOR: '', ...environment }
  const python = ['-c', PSEUDO_TERMINAL, String(columns), process.execPath, CLIPIA_COMMAND, ...args]
  const child = startProcess('python3', python, variables, cwd, 'pipe')
  return {
    screen: child.stdout,
    sees: (pattern) =>
      waitFor(`${pattern} on the screen`, () => pattern.test(child.stdout()) || undefined).then(() => {}),
    type: (keys) => void child.process.stdin?.write(keys),
    ended: child.ended,
  }
}

/** What a person reads of a screen: escape sequences out, and of a line drawn over only its last drawing. */
export function readScreen(screen: string): string {
  return (
    screen
      .replaceAll('\r\n', '\n')
      .split('\n')
      .map((line) => line.split('\r').at(-1) ?? '')
      .join('\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is taken out
      .replaceAll(/\x1b\[[0-9;?]*[A-Za-z]/g, '')
  )
}
