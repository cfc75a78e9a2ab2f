import assert from 'node:assert/strict'
import { runClipia } from './child-process.ts'

/**
 * Runs a `clipia` command that must fail: exit code 1, nothing on stdout, and on stderr the given lines only, each of
 * which an operator can act on: no stack trace, no log entry, nothing twice.
 */
export async function assertRefused(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  ...lines: readonly RegExp[]
): Promise<void> {
  const { code, stdout, stderr } = await runClipia(args, environment)
  assert.equal(code, 1, stderr)
  assert.equal(stdout, '')
  const written = stderr.trimEnd().split('\n')
  assert.equal(written.length, lines.length, stderr)
  for (const [index, line] of lines.entries()) assert.match(written[index] ?? '', line)
  assert.doesNotMatch(stderr, /^\s+at |node:internal|\.ts:\d+|^\{/m)
}
