/**
 * Builds the folder from which `@clipia/client` is published: `.build/publish/client`, or the folder given. It holds what
 * tsc makes of the sources, a package.json of its own, the README and the licence, and nothing else.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCE = join(ROOT, 'packages/client')

const folder = resolve(process.argv[2] ?? join(ROOT, '.build/publish/client'))
rmSync(folder, { recursive: true, force: true })
const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace('package.json', 'bin/tsc')
const flags = ['-p', join(SOURCE, 'tsconfig.publish.json'), '--outDir', join(folder, 'dist')]
execFileSync(process.execPath, [tsc, ...flags], { stdio: 'inherit' })
// tsc leaves the paths in declarations as they are written, and not every TypeScript follows `.ts` there.
for (const file of globSync(join(folder, 'dist/**/*.d.ts'))) {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replaceAll(/(from|import\()( ?'\.{1,2}\/[^']+)\.ts'/g, "$1$2.js'"))
}

const { name, version, description, license, type } = JSON.parse(readFileSync(join(SOURCE, 'package.json'), 'utf8'))
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
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
cpSync(join(SOURCE, 'README.md'), join(folder, 'README.md'))
cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'))
process.stdout.write(`${folder}\n`)
