import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'

/** The command under test, as npm installs it. */
export const CLIPIA_COMMAND = fileURLToPath(new URL('../../packages/cli/bin/clipia.mjs', import.meta.url))

/** What a process wrote and how it ended; `code` is null when a signal ended it. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A process started by a test. */
export interface Child {
  process: ChildProcess
  /** What it wrote so far. */
  stdout(): string
  stderr(): string
  /** Resolves once it has ended and all its output is here. */
  ended: Promise<Ended>
}

const alive = new Set<ChildProcess>()

function killAll(): void {
  for (const child of alive) child.kill('SIGKILL')
}

// After a failed test too: what it left running would keep this process from ending.
after(killAll)
process.on('exit', killAll)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1))

/**
 * Settings of the server: a true credential of who runs the tests must reach no server under test. And of Node: a server
 * has compiled code of its own.
 */
const SETTING = /^(CLIPIA|FAL|REPLICATE|OPENAI|GEMINI|ARK|COMFYUI|SDAPI|NODE)_/

/** This process's environment without any setting of the server, and with the given variables. */
export function environmentWith(variables: Readonly<Record<string, string>>): Record<string, string> {
  // biome-ignore lint/style/noProcessEnv: the started processes need PATH and its like
  const inherited = Object.entries(process.env).filter(([name]) => !SETTING.test(name))
  return { ...(Object.fromEntries(inherited) as Record<string, string>), ...variables }
}

/** Starts a process whose output is gathered; it is killed with this one at the latest. */
export function startProcess(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd?: string,
  stdin: 'ignore' | 'pipe' = 'ignore',
): Child {
  const child = spawn(command, args, { env: environmentWith(environment), stdio: [stdin, 'pipe', 'pipe'], cwd })
  alive.add(child)
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = once(child, 'close').then(([code]) => {
    alive.delete(child)
    return { code: code as number | null, stdout, stderr }
  })
  return { process: child, stdout: () => stdout, stderr: () => stderr, ended }
}

const MOST_SECONDS = 60

/** Runs `clipia` with the arguments to its end. Throws what it wrote when it does not end by itself. */
export async function runClipia(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = startProcess(process.execPath, [CLIPIA_COMMAND, ...args], environment)
  const timer = setTimeout(() => child.process.kill('SIGKILL'), MOST_SECONDS * 1_000)
  const ended = await child.ended
  clearTimeout(timer)
  if (child.process.signalCode === null) return ended
  throw new Error(`clipia ${args.join(' ')} did not end:\n${ended.stdout}${ended.stderr}`)
}
