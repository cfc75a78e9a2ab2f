import assert from 'node:assert/strict'
import { it } from 'node:test'
import { openAgent } from './testing/agent.ts'
import { accountOf } from './testing/api.ts'
import { createKey } from './testing/create-account.ts'
import { POSTGRESQL } from './testing/databases.ts'
import { startClipia } from './testing/start-clipia.ts'

it('agents on two nodes at once neither pass the budget of their key nor buy the same call twice', async () => {
  const { environment, dispose } = await POSTGRESQL.prepare()
  const first = await startClipia({ environment })
  const second = await startClipia({ environment, dataDir: first.dataDir })
  const { account_id: accountId } = await accountOf(first.live)
  const { key } = await createKey(first, accountId, '--budget', '3')
  const agents = await Promise.all([first, second].map(({ url }) => openAgent('HTTP', url, key)))
  const generate = (prompt: string) =>
    agents.map((agent) =>
      agent.use('generate_image', { model: 'canvas-1', input: { prompt }, wait_seconds: 0 }).catch(() => null),
    )
  const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => generate(`picture ${index}`)).flat())
  const taken = answers.flatMap((used) => (used === null || used.isError ? [] : [used.data.request_id]))
  // A call that was taken is answered on both nodes, or on one while the other still waits for its commit.
  assert.equal(new Set(taken).size, 3)
  assert.ok(taken.length <= 6)
  const [row] = (
    await first.adminJson<{ name: string; budget: number; spent: number }[]>(
      ...['keys', 'list', '--account', accountId],
    )
  ).filter(({ budget }) => budget === 3)
  assert.equal(row?.spent, 3)
  await Promise.all(agents.map(({ client }) => client.close()))
  await Promise.all([first.stop(), second.stop()])
  await dispose()
})
