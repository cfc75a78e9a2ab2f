/**
 * Builds the folder from which `@clipia/client` is published: `.build/publish/client`, or the folder given. It holds what
 * tsc makes of the sources, a package.json of its own, the README and the licence, and nothing else.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPackage } from './build-package.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const source = join(ROOT, 'packages/client')

const { name, version, description, license, type } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
const entry = (file: string) => ({ types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` })
const manifest = {
  name,
  version,
  description,
  license,
  type,
  engines: { node: '>=20' },
  sideEffects: false,
  // `default`, so that require finds it too: Node loads ESM by require from 20.19 and 22.12 on.
  exports: { '.': entry('index'), './webhook': entry('webhook'), './package.json': './package.json' },
  main: './dist/index.js',
  types: './dist/index.d.ts',
  files: ['dist'],
}
const folder = buildPackage(process.argv[2] ?? join(ROOT, '.build/publish/client'), { source, manifest })
// tsc leaves the paths in declarations as they are written, and not every TypeScript follows `.ts` there.
for (const file of globSync(join(folder, 'dist/**/*.d.ts'))) {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replaceAll(/(from|import\()( ?'\.{1,2}\/[^']+)\.ts'/g, "$1$2.js'"))
}
process.stdout.write(`${folder}\n`)
