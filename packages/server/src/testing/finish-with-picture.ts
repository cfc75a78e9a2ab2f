import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from './machine.ts'

/** Lets the scripted engine finish every job it has, and is given, at once with this picture. */
export async function finishWithPicture(test: Machine, picture: Buffer): Promise<void> {
  const finish = async () => {
    const { store } = test.app.services
    const path = join(await store.makeWorkFolder('test'), 'picture')
    writeFileSync(path, picture)
    const { blob } = await store.put(path)
    return { state: 'finished', media: [{ kind: 'blob', blob }] } as const
  }
  test.engine.onStart = finish
  test.engine.onCheck = finish
  test.clock.advance(1_000)
  await test.work()
}
