import { chmodSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { CLIPIA_COMMAND, environmentWith } from './child-process.ts'
import { scratchFolder } from './scratch-folder.ts'

/** A `PATH` on which `clipia` is the command under test, for examples that are run as they are written. */
export function pathWithClipia(): string {
  const bin = scratchFolder('bin')
  writeFileSync(join(bin, 'clipia'), `#!/bin/sh\nexec "${process.execPath}" "${CLIPIA_COMMAND}" "$@"\n`)
  chmodSync(join(bin, 'clipia'), 0o755)
  return [bin, environmentWith({}).PATH].join(delimiter)
}
