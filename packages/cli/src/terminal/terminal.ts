import { styleText } from 'node:util'
import { type PictureProtocol, pictureProtocol } from './picture-protocol.ts'

/** The streams and the environment a command talks through. */
export interface Streams {
  stdin: NodeJS.ReadStream
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  environment: Readonly<Record<string, string | undefined>>
}

/** How text is set off; plain where there is no colour. */
export type Style = 'bold' | 'dim' | 'green' | 'red' | 'cyan' | 'yellow'

/** Where a command writes, and who reads it. */
export interface Terminal extends Streams {
  /** A person reads: stdout is a terminal and `--json` was not given. */
  isForPeople: boolean
  /** The cursor can be moved: a progress line can be drawn over. */
  canRedraw: boolean
  /** How pictures are shown, or null where they cannot be. */
  pictures: PictureProtocol | null
  columns(): number
  /** Writes to stdout. */
  write(text: string): void
  /** Writes a line to stdout. */
  line(text: string): void
  /** Writes exactly one JSON value to stdout. */
  json(value: unknown): void
  /** Writes a line to stderr, where it disturbs no reader of stdout. */
  note(text: string): void
  paint(style: Style, text: string): string
}

/** Looks at the streams and the environment (NO_COLOR, TERM) once. */
export function createTerminal(streams: Streams, isJson: boolean): Terminal {
  const { stdout, stderr, environment } = streams
  const isTerminal = stdout.isTTY === true
  const isForPeople = isTerminal && !isJson
  const isDumb = environment.TERM === 'dumb'
  const isColourful = isForPeople && !isDumb && !environment.NO_COLOR
  return {
    ...streams,
    isForPeople,
    canRedraw: isForPeople && !isDumb,
    pictures: isForPeople ? pictureProtocol(environment) : null,
    columns: () => stdout.columns ?? 80,
    write: (text) => void stdout.write(text),
    line: (text) => void stdout.write(`${text}\n`),
    json: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    paint: (style, text) => (isColourful ? styleText(style, text, { validateStream: false }) : text),
  }
}

/** Takes out of foreign text what would move the cursor or change the terminal. */
export function clean(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim()
}
