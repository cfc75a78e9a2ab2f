import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A file that is in the store. */
export interface StoredBlob {
  /** SHA-256 of the bytes in hex: the same bytes are stored once. */
  blob: string
  sizeBytes: number
}

/** Where bytes live, addressed by their content. */
export interface MediaStore {
  /** A folder of the caller's own for files in the making, whoever else works on the same; the caller removes it. */
  makeWorkFolder(name: string): Promise<string>
  /** Moves a finished file into the store. When it resolves the bytes are on disk, file and folder synced. */
  put(path: string): Promise<StoredBlob>
  /** A blob that must be in the store; throws when it is not. */
  find(blob: string): Promise<StoredBlob>
  /** The local path of a blob. It may be gone. */
  pathOf(blob: string): string
  /** Folder under which every blob lies. */
  readonly folder: string
}

/** Opens the store in a folder of the local (or shared) file system, making it if need be. */
export async function openMediaStore(folder: string): Promise<MediaStore> {
  const work = join(folder, 'work')
  const blobs = join(folder, 'blobs')
  await mkdir(work, { recursive: true })
  await mkdir(blobs, { recursive: true })
  const pathOf = (blob: string) => join(blobs, blob.slice(0, 2), blob)

  return {
    folder: blobs,
    pathOf,
    async find(blob) {
      return { blob, sizeBytes: (await stat(pathOf(blob))).size }
    },
    async makeWorkFolder(name) {
      return mkdtemp(join(work, `${name}-`))
    },
    async put(path) {
      const blob = await hashFile(path)
      const target = pathOf(blob)
      await mkdir(dirname(target), { recursive: true })
      await sync(path)
      const { size } = await stat(path)
      await rename(path, target)
      await sync(dirname(target))
      await sync(blobs)
      return { blob, sizeBytes: size }
    },
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
