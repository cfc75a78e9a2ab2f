import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Api, createApi, fetchAll } from './api.ts'
import { CLIPIA_COMMAND, type Ended, runClipia, startProcess } from './child-process.ts'
import { scratchFolder } from './scratch-folder.ts'
import { waitFor } from './wait-for.ts'

/** A running `clipia serve`. */
export interface Clipia {
  url: string
  dataDir: string
  environment: Record<string, string>
  /** Keys of the first account; empty where the folder was served before and its keys were removed. */
  liveKey: string
  testKey: string
  live: Api
  test: Api
  process: ChildProcess
  stdout(): string
  logs(): string
  /** Runs `clipia admin ...` on this installation, beside the server. */
  admin(...args: string[]): Promise<Ended>
  /** The same with `--json`: must succeed and print one JSON value. */
  adminJson<T>(...args: string[]): Promise<T>
  /** Ends it with a signal, checks what it wrote, and answers the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

/** Where and how to serve; default a fresh folder and SQLite. */
export interface StartOptions {
  environment?: Record<string, string>
  dataDir?: string
  /** Flags of Node itself, such as a module to load before the server. */
  nodeFlags?: readonly string[]
  /** Errors it rightly logs, because the test takes something away that it needs. Default none. */
  expectedErrors?: RegExp
}

/** Long: several may start at once on a machine with much else to do. */
const START_LIMIT_MS = 120_000

/** Starts `clipia serve` on a free port of 127.0.0.1 and waits until it is ready. Throws its output when it ends. */
export async function startClipia(options: StartOptions = {}): Promise<Clipia> {
  const { environment = {}, dataDir, nodeFlags = [], expectedErrors } = options
  const folder = dataDir ?? join(scratchFolder('data'), 'data')
  const settings = { CLIPIA_DATA_DIR: folder, CLIPIA_PORT: '0', ...environment }
  const child = startProcess(process.execPath, [...nodeFlags, CLIPIA_COMMAND, 'serve'], settings)
  let hasEnded = false
  void child.ended.then(() => {
    hasEnded = true
  })
  const announced = () => {
    const line = /^Clipia serves (http:\/\/[\w.:[\]]+)/m.exec(child.stdout())?.[1]
    assert.ok(line !== undefined || !hasEnded, `clipia serve ended:\n${child.stdout()}${child.stderr()}`)
    return line
  }
  const url = await waitFor('the line that announces the server', announced, { timeoutMs: START_LIMIT_MS })
  await waitFor('readiness', async () => ((await fetchAll(`${url}/readyz`)).status === 200 ? true : undefined))

  const [liveKey, testKey] = readFirstKeys(folder)
  const admin = (...args: string[]) => runClipia(['admin', ...args], settings)
  return {
    url,
    dataDir: folder,
    environment: settings,
    liveKey,
    testKey,
    live: createApi(url, liveKey),
    test: createApi(url, testKey),
    process: child.process,
    stdout: child.stdout,
    logs: child.stderr,
    admin,
    async adminJson<T>(...args: string[]) {
      const { code, stdout, stderr } = await admin(...args, '--json')
      assert.equal(code, 0, stderr || stdout)
      return JSON.parse(stdout) as T
    },
    async stop(signal = 'SIGTERM') {
      child.process.kill(signal)
      const { code, stdout, stderr } = await child.ended
      assertCleanOutput(stdout, stderr, expectedErrors)
      return code
    },
    async kill() {
      child.process.kill('SIGKILL')
      const { stdout, stderr } = await child.ended
      assertCleanOutput(stdout, stderr, expectedErrors)
    },
  }
}

function readFirstKeys(dataDir: string): [string, string] {
  const path = join(dataDir, 'first-start.txt')
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return [/clipia_live_\w+/.exec(text)?.[0] ?? '', /clipia_test_\w+/.exec(text)?.[0] ?? '']
}

/** No run of a server may print a key or an internal failure, and all it logs is JSON, a line each. */
function assertCleanOutput(stdout: string, stderr: string, expectedErrors?: RegExp): void {
  assert.doesNotMatch(stdout + stderr, /clipia_(live|test)_[0-9A-Za-z]{16}|whsec_/, 'a secret was printed')
  for (const line of stderr.split('\n')) {
    if (line === '') continue
    assert.ok(line.startsWith('{'), `a line on stderr is no log entry: ${line}\n${stderr.slice(-3_000)}`)
    const { level, msg } = JSON.parse(line) as { level: number; msg: string }
    assert.ok(level < 50 || expectedErrors?.test(msg), `the server logged an error: ${msg}: ${line.slice(0, 2_000)}`)
  }
}
