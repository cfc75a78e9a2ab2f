import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Streams } from '../terminal/terminal.ts'

/** Reads a secret: typed without being shown, or all of stdin where that is no terminal. */
export async function readSecret(question: string, { stdin, stderr }: Streams): Promise<string> {
  if (stdin.isTTY !== true) return text(stdin)
  // What readline would echo goes nowhere; it takes the echo from the terminal, so the question comes after it.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output, terminal: true })
  stderr.write(question)
  const closed = once(lines, 'close').then(() => '')
  lines.once('SIGINT', () => lines.close())
  const answer = await Promise.race([lines.question(''), closed])
  lines.close()
  stderr.write('\n')
  return answer
}
