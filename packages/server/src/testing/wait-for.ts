import { setTimeout as delay } from 'node:timers/promises'

/** Waits until a condition holds; throws, naming it, after ten seconds. */
export async function waitFor(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await delay(5)
  }
}
