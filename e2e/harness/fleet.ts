import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Api, createApi } from '../testing/api.ts'
import { CLIPIA_COMMAND, startProcess } from '../testing/child-process.ts'
import type { NewAccount } from '../testing/create-account.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { type Clipia, type StartOptions, startClipia } from '../testing/start-clipia.ts'

/** Several real processes on one database and one data folder, any of which may be killed at any moment. */
export class Fleet {
  readonly nodes: Clipia[] = []
  readonly dataDir: string
  readonly #options: StartOptions
  #kills = 0

  constructor(options: StartOptions) {
    this.dataDir = options.dataDir ?? join(scratchFolder('fleet'), 'data')
    this.#options = { ...options, dataDir: this.dataDir }
  }

  /** Processes killed so far. */
  get kills(): number {
    return this.#kills
  }

  /** A node for commands beside the server. */
  get first(): Clipia {
    const [node] = this.nodes
    assert.ok(node, 'no node was started')
    return node
  }

  async start(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) this.nodes.push(await startClipia(this.#options))
  }

  /** Ends a node as a power cut would, and starts it again at once. */
  async killAndRestart(index: number): Promise<void> {
    await this.nodes[index]?.kill()
    this.#kills += 1
    this.nodes[index] = await startClipia(this.#options)
  }

  /** The same, and the process that takes its place is killed too, while it starts. */
  async killTwice(index: number, afterMs: number): Promise<void> {
    await this.nodes[index]?.kill()
    const { environment = {}, nodeFlags = [] } = this.#options
    const settings = { CLIPIA_DATA_DIR: this.dataDir, CLIPIA_PORT: '0', ...environment }
    const starting = startProcess(process.execPath, [...nodeFlags, CLIPIA_COMMAND, 'serve'], settings)
    await delay(afterMs)
    starting.process.kill('SIGKILL')
    const { code, stderr } = await starting.ended
    assert.equal(code, null, `a start ended by itself: ${stderr}`)
    this.#kills += 2
    this.nodes[index] = await startClipia(this.#options)
  }

  /** The installation as an account sees it through one of the nodes; any index will do. */
  api(account: NewAccount, index: number): Api {
    return createApi(this.nodes[index % this.nodes.length]?.url ?? '', account.key)
  }

  /** What the nodes that run now have logged of something, by a word of it. */
  logsOf(word: string): string {
    const lines = this.nodes.flatMap((node) => node.logs().split('\n'))
    return lines.filter((line) => line.includes(word)).join('\n')
  }

  /** Every node drains and must end well. */
  async stop(): Promise<void> {
    for (const node of this.nodes) assert.equal(await node.stop(), 0)
  }
}
