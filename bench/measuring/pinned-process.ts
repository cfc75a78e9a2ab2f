import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** Where a process runs: what is measured has a core of its own, and who loads it the other. */
export type Core = 'measured' | 'load' | 'any'

/** Whether processes can be kept to a core here. Where not, figures are of a machine that shares its cores. */
export const CAN_PIN =
  process.platform === 'linux' && availableParallelism() > 1 && spawnSync('taskset', ['-p', '1']).status === 0

/** Starts a Node program on one core; it ends with this process at the latest. */
export function startPinned(
  core: Core,
  args: readonly string[],
  options: { environment?: Readonly<Record<string, string>>; stdio?: StdioOptions; cwd?: string } = {},
): ChildProcess {
  const pin = CAN_PIN && core !== 'any' ? ['taskset', '-c', core === 'measured' ? '0' : '1'] : []
  const command = [...pin, process.execPath]
  const [program = process.execPath, ...flags] = command
  const child = spawn(program, [...flags, ...args], {
    // biome-ignore lint/style/noProcessEnv: the started processes need PATH and its like
    env: { ...process.env, ...options.environment },
    stdio: options.stdio ?? ['ignore', 'ignore', 'inherit', 'ipc'],
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  return child
}

/** The next message of a process; rejects when it ends instead. */
export function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`a process of the benchmark ended with ${code}`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message as T)
    })
  })
}
