import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/**
 * Installs the peers beside which we are measured, from the lock file of this folder, if they are not here yet. They are no
 * part of the project's own installation, and none of their install scripts is run.
 */
export function installPeers(): void {
  if (existsSync(`${FOLDER}node_modules/.package-lock.json`)) return
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', flags, { cwd: FOLDER, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error('the peers of the benchmarks could not be installed')
}

/**
 * A peer's module, typed by the caller: TypeScript looks at this folder where the peers are not installed. Throws when
 * there is none.
 */
export async function importPeer<Module>(name: string): Promise<Module> {
  installPeers()
  return (await import(name)) as Module
}

/** A file of a peer. */
export function peerFile(path: string): string {
  installPeers()
  return `${FOLDER}node_modules/${path}`
}
