import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startProcess } from './child-process.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A tarball as npm publishes it. */
export interface Tarball {
  path: string
  /** What it holds. */
  files: string[]
}

/** Builds a package by its script of `scripts/` and packs it into a folder. */
export async function packBuilt(script: string, folder: string): Promise<Tarball> {
  const built = join(folder, script)
  await succeed(process.execPath, [join(ROOT, 'scripts', script), built])
  const [tarball] = await pack([built], folder)
  assert.ok(tarball)
  return tarball
}

/** Packs installed packages with all that they need, so that a test can install them without any network. */
export async function packInstalled(names: readonly string[], folder: string): Promise<Tarball[]> {
  const found = new Map<string, string>()
  const find = (name: string, from: string) => {
    const own = join(from, 'node_modules', name)
    const path = existsSync(own) ? own : join(ROOT, 'node_modules', name)
    if (found.has(name)) return
    found.set(name, path)
    const { dependencies = {} } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    for (const needed of Object.keys(dependencies)) find(needed, path)
  }
  for (const name of names) find(name, ROOT)
  return pack([...found.values()], folder)
}

/** Makes an empty project and installs tarballs into it, offline. Answers its folder. */
export async function installInto(folder: string, tarballs: readonly Tarball[]): Promise<string> {
  const project = join(folder, 'project')
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "name": "a-users-project", "private": true }\n')
  await succeed(
    'npm',
    ['install', '--offline', '--no-audit', '--no-fund', ...tarballs.map(({ path }) => path)],
    project,
  )
  return project
}

async function pack(folders: string[], destination: string): Promise<Tarball[]> {
  const flags = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination]
  const packed = JSON.parse(await succeed('npm', [...flags, ...folders], destination))
  return (packed as { filename: string; files: { path: string }[] }[]).map(({ filename, files }) => ({
    path: join(destination, filename),
    files: files.map(({ path }) => path),
  }))
}

async function succeed(command: string, args: string[], cwd?: string): Promise<string> {
  const { code, stdout, stderr } = await startProcess(command, args, {}, cwd).ended
  assert.equal(code, 0, `${command} ${args.join(' ')}: ${stdout}${stderr}`)
  return stdout
}
