import { execFileSync } from 'node:child_process'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What is published, and how. */
export interface PackageToBuild {
  /** The workspace's folder; its `tsconfig.publish.json` says which sources go into `dist`. */
  source: string
  manifest: Readonly<Record<string, unknown>>
}

/**
 * Makes the folder a package is published from: what tsc makes of the sources, the manifest as package.json, the README and
 * the licence. What was in the folder is gone. Answers its absolute path.
 */
export function buildPackage(folder: string, { source, manifest }: PackageToBuild): string {
  const target = resolve(folder)
  rmSync(target, { recursive: true, force: true })
  const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace('package.json', 'bin/tsc')
  const flags = ['-p', join(source, 'tsconfig.publish.json'), '--outDir', join(target, 'dist')]
  execFileSync(process.execPath, [tsc, ...flags], { stdio: 'inherit' })
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  cpSync(join(source, 'README.md'), join(target, 'README.md'))
  cpSync(join(ROOT, 'LICENSE'), join(target, 'LICENSE'))
  return target
}
