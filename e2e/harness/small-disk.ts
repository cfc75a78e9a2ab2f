import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { scratchFolder } from '../testing/scratch-folder.ts'

/** A folder on a disk that can be filled. */
export interface SmallDisk {
  folder: string
  /** How it is made full: a file system of its own, or a limit on the size of the files of processes. */
  means: 'tmpfs' | 'RLIMIT_FSIZE'
  /** Leaves no byte for these processes. */
  fill(pids: readonly number[]): void
  /** Gives the space back. */
  free(pids: readonly number[]): void
  remove(): void
}

const SIZE_MB = 48

/** Mounts a small file system of its own; where this user may not mount one, limits processes instead. */
export function makeSmallDisk(): SmallDisk {
  const folder = scratchFolder('disk')
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'clipia-e2e', folder], { stdio: 'ignore' })
  } catch {
    return limitedFolder(folder)
  }
  const unmount = () => execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
  process.once('exit', unmount)
  const filler = join(folder, 'filler')
  return {
    folder,
    means: 'tmpfs',
    fill: () => fillWith(filler),
    free: () => rmSync(filler),
    remove() {
      process.off('exit', unmount)
      unmount()
    },
  }
}

/** Writes until the disk refuses a single byte. */
function fillWith(path: string): void {
  const file = openSync(path, 'w')
  let size = 1024 * 1024
  try {
    while (size >= 1) {
      try {
        writeSync(file, Buffer.alloc(Math.floor(size)))
      } catch {
        size /= 4
      }
    }
  } finally {
    closeSync(file)
  }
  if (statSync(path).size === 0) throw new Error('the disk could not be filled')
}

function limitedFolder(folder: string): SmallDisk {
  const limit = (pids: readonly number[], size: string) => {
    for (const pid of pids) execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`])
  }
  return {
    folder,
    means: 'RLIMIT_FSIZE',
    fill: (pids) => limit(pids, '1'),
    free: (pids) => limit(pids, 'unlimited'),
    remove: () => {},
  }
}
