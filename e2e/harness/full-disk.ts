import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { DatabaseKind } from '../testing/databases.ts'
import { waitFor } from '../testing/wait-for.ts'
import { placeOrders } from './database-deaths.ts'
import { makeSmallDisk, type SmallDisk } from './small-disk.ts'
import { setStage } from './stage.ts'
import { type Counts, verify } from './verify.ts'

/** What a run with a disk that fills up saw. */
export interface FullDisk extends Counts {
  fills: number
  means: SmallDisk['means']
}

/** Fills the disk of the data folder under load, with SQLite's database on it or only the media, and frees it again. */
export async function runFullDisk({
  kind,
  seed,
  fills,
}: {
  kind: DatabaseKind
  seed: number
  fills: number
}): Promise<FullDisk> {
  const disk = makeSmallDisk()
  const { environment, dispose } = await kind.prepare()
  const options = { seed, nodes: 1, recovery: 'findable', isEngineFlaky: true, expectedErrors: /./ } as const
  const stage = await setStage({ ...options, environment, dataDir: join(disk.folder, 'data') })
  try {
    const pids = () => stage.fleet.nodes.map(({ process }) => process.pid ?? 0)
    const placing: Promise<void>[] = []
    for (let fill = 0; fill < fills; fill += 1) {
      placing.push(...placeOrders(stage))
      await delay(stage.random() * 1_500)
      stage.clients.isOutage = true
      disk.fill(pids())
      placing.push(...placeOrders(stage, 2))
      if (kind.name === 'SQLite') await until503(stage.clients)
      await delay(500 + stage.random() * 1_500)
      disk.free(pids())
    }
    await Promise.all(placing)
    stage.emulator.control({ faultChances: [] })
    const counts = await verify(stage)
    await stage.close()
    return { ...counts, fills, means: disk.means }
  } finally {
    await stage.emulator.close()
    await dispose()
    for (const node of stage.fleet.nodes) node.process.kill('SIGKILL')
    disk.remove()
  }
}

/** A submit cannot be kept, so it is refused, and says so. */
async function until503(clients: { unavailable: number }): Promise<void> {
  const before = clients.unavailable
  await waitFor('a submit that is answered with 503', () => (clients.unavailable > before ? true : undefined))
}
