import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { it } from 'node:test'
import { DATABASES } from '../testing/databases.ts'
import { listen } from '../testing/open-events.ts'
import { createTestApp } from '../testing/test-app.ts'

it('closes at once although a client has connected and asked nothing', async () => {
  const [kind] = DATABASES
  assert.ok(kind)
  const test = await createTestApp(kind)
  const { hostname, port } = new URL(await listen(test))
  const accepted = once(test.app.http.server, 'connection')
  const socket = connect(Number(port), hostname)
  await accepted
  const closed = once(socket, 'close')
  const startedAt = performance.now()
  await test.close()
  await closed
  assert.ok(performance.now() - startedAt < 30_000)
})
