import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Where bytes lie: a folder of the local (or shared) file system. What lies where is the database's to know. */
export interface BlobFolder {
  /** Under this every blob lies. */
  readonly root: string
  /** The path of a location; relative to nothing. */
  pathOf(location: string): string
  /** Moves a finished file there, replacing what there is. When it resolves file and folders are synced to disk. */
  keep(path: string, location: string): Promise<void>
  /** Size of what lies there; null when nothing does. */
  sizeOf(location: string): Promise<number | null>
  /** Empties a location; fine when it is empty. */
  remove(location: string): Promise<void>
  /** A folder of the caller's own for files in the making, whoever else works on the same; the caller removes it. */
  makeWorkFolder(name: string): Promise<string>
  /** Removes work folders that nobody has touched since: those of processes that were killed. */
  sweepWork(beforeMs: number): Promise<void>
}

/** Opens the folder of blobs, making it if need be. */
export async function openBlobFolder(folder: string): Promise<BlobFolder> {
  const work = join(folder, 'work')
  const root = join(folder, 'blobs')
  await mkdir(work, { recursive: true })
  await mkdir(root, { recursive: true })
  const pathOf = (location: string) => join(root, location.slice(0, 2), location)

  return {
    root,
    pathOf,
    async keep(path, location) {
      const target = pathOf(location)
      await mkdir(dirname(target), { recursive: true })
      await sync(path)
      await rename(path, target)
      await sync(dirname(target))
      await sync(root)
    },
    async sizeOf(location) {
      return (await statOrNull(pathOf(location)))?.size ?? null
    },
    async remove(location) {
      await rm(pathOf(location), { force: true })
    },
    makeWorkFolder: (name) => mkdtemp(join(work, `${name}-`)),
    async sweepWork(beforeMs) {
      for (const name of await readdir(work)) {
        const path = join(work, name)
        const stats = await statOrNull(path)
        if (stats !== null && stats.mtimeMs < beforeMs) await rm(path, { recursive: true, force: true })
      }
    },
  }
}

async function statOrNull(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
