import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** The body of the checkpoint thread: one passive checkpoint a message; passive never blocks the writer. */
const { path } = workerData as { path: string }
const database = new DatabaseSync(path, { timeout: 0 })
parentPort?.on('message', () => {
  database.exec('PRAGMA wal_checkpoint(PASSIVE)')
})
