import { createHmac, timingSafeEqual } from 'node:crypto'

/** One start of a job at its engine: what a callback address names. */
export interface StartName {
  engine: string
  requestId: string
  /** The fence of the claim that made the start. */
  startFence: number
}

/**
 * The paths at which providers call back, below the public URL. A path names one start and bears a code that only this
 * installation can make: whoever else has an account at the provider can get its signature, but not for a start of ours.
 */
export interface CallbackAddresses {
  pathOf(start: StartName): string
  /** The start that a path names by its parts; null for one that we did not make. */
  read(engine: string, requestId: string, code: string): StartName | null
}

const CODE = /^(\d{1,15})-([\w-]{22})$/

/** Creates the addresses of an installation; `key` is the same on all nodes. */
export function createCallbackAddresses(key: Buffer): CallbackAddresses {
  const codeOf = ({ engine, requestId, startFence }: StartName) => {
    const mac = createHmac('sha256', key).update(`${engine}/${requestId}/${startFence}`).digest()
    return `${startFence}-${mac.subarray(0, 16).toString('base64url')}`
  }
  return {
    pathOf: (start) => `/callbacks/${start.engine}/${start.requestId}/${codeOf(start)}`,
    read(engine, requestId, code) {
      const [, fence] = CODE.exec(code) ?? []
      if (fence === undefined) return null
      const start = { engine, requestId, startFence: Number(fence) }
      const right = Buffer.from(codeOf(start))
      const given = Buffer.from(code)
      return right.length === given.length && timingSafeEqual(right, given) ? start : null
    },
  }
}
