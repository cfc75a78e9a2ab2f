/**
 * Builds the folder from which the command `clipia` is published: `.build/publish/clipia`, or the folder given. It holds the
 * commands that talk to a server as JavaScript, a package.json of its own, the README and the licence. The server itself
 * ships as a clone or a container.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPackage } from './build-package.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const source = join(ROOT, 'packages/cli')

const { name, version, license, type, dependencies } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
const { '@clipia/contract': _contract, '@clipia/server': _server, ...needed } = dependencies
const manifest = {
  name,
  version,
  description: 'The command of Clipia: images, video and audio from many models, with the price shown first',
  license,
  type,
  engines: { node: '>=20.12' },
  bin: { clipia: './dist/published-cli.js' },
  dependencies: needed,
  files: ['dist'],
}
const folder = buildPackage(process.argv[2] ?? join(ROOT, '.build/publish/clipia'), { source, manifest })
process.stdout.write(`${folder}\n`)
