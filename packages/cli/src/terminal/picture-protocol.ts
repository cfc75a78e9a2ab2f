/** A way to show a picture among text. */
export type PictureProtocol = 'iterm2' | 'kitty'

const KITTY_PROGRAMS: ReadonlySet<string> = new Set(['ghostty'])
const ITERM2_PROGRAMS: ReadonlySet<string> = new Set(['iTerm.app', 'WezTerm', 'mintty', 'vscode', 'rio'])

/**
 * Which pictures the terminal shows, as far as its environment tells; null where it does not. A multiplexer keeps the
 * variables of the terminal around it and shows no picture, so there it is null.
 */
export function pictureProtocol(environment: Readonly<Record<string, string | undefined>>): PictureProtocol | null {
  const { TERM = '', TERM_PROGRAM = '', LC_TERMINAL = '', KITTY_WINDOW_ID, TMUX, STY } = environment
  if (TMUX || STY || /^(tmux|screen|dumb)/.test(TERM)) return null
  if (KITTY_WINDOW_ID || /kitty|ghostty/.test(TERM) || KITTY_PROGRAMS.has(TERM_PROGRAM)) return 'kitty'
  if (ITERM2_PROGRAMS.has(TERM_PROGRAM) || LC_TERMINAL === 'iTerm2') return 'iterm2'
  return null
}
