/**
 * Builds the folder from which the command `clipia` is published: `.build/publish/clipia`, or the folder given. It holds the
 * commands that talk to a server as JavaScript, a package.json of its own, the README and the licence. The server itself
 * ships as a clone or a container.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCE = join(ROOT, 'packages/cli')

const folder = resolve(process.argv[2] ?? join(ROOT, '.build/publish/clipia'))
rmSync(folder, { recursive: true, force: true })
const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace('package.json', 'bin/tsc')
const flags = ['-p', join(SOURCE, 'tsconfig.publish.json'), '--outDir', join(folder, 'dist')]
execFileSync(process.execPath, [tsc, ...flags], { stdio: 'inherit' })

const { name, version, license, type, dependencies } = JSON.parse(readFileSync(join(SOURCE, 'package.json'), 'utf8'))
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
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
cpSync(join(SOURCE, 'README.md'), join(folder, 'README.md'))
cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'))
