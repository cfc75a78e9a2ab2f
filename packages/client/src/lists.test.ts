import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from './index.ts'
import { json, refusal, type Script, scriptedFetch } from './testing/scripted-fetch.ts'

function clientOn(...steps: Script[]) {
  const { fetch, sent } = scriptedFetch(...steps)
  const clipia = createClient({ apiKey: 'clipia_test_0123456789abcdef', baseUrl: 'https://api.example.com', fetch })
  return { clipia, asked: () => sent.map(({ url }) => url.replace('https://api.example.com/v1', '')), sent }
}

const page = (ids: string[], next: string | null) => json({ data: ids.map((id) => ({ id })), next_cursor: next })
const all = async (entries: AsyncIterable<unknown>) => {
  const found: unknown[] = []
  for await (const entry of entries) found.push(entry)
  return found.map((entry) => (entry as { id: string }).id).join()
}

test('a list is fetched a page at a time, to its end', async () => {
  const { clipia, asked } = clientOn(page(['a', 'b'], 'next&1'), page(['c'], null))
  assert.equal(await all(clipia.deliveries.list({ state: 'dead' })), 'a,b,c')
  assert.deepEqual(asked(), ['/deliveries?state=dead&limit=50', '/deliveries?state=dead&limit=50&cursor=next%261'])
})

test('the history and the ledger are filtered by the names of the wire', async () => {
  const { clipia, asked } = clientOn(page([], null), page([], null))
  const from = new Date('2026-01-01T00:00:00Z')
  const filters = {
    status: 'FAILED',
    model: 'google/imagen4',
    keyId: 'k',
    createdFrom: from,
    createdUntil: '2026-02-01',
  } as const
  assert.equal(await all(clipia.requests.list({ ...filters, limit: 7 })), '')
  assert.equal(await all(clipia.account.ledger({ kind: 'refund', requestId: 'r' })), '')
  const range = 'created_from=2026-01-01T00%3A00%3A00.000Z&created_until=2026-02-01'
  assert.deepEqual(asked(), [
    `/requests?status=FAILED&model=google%2Fimagen4&key=k&${range}&limit=7`,
    '/account/ledger?kind=refund&request=r&limit=50',
  ])
})

test('no more is fetched than is asked for, and no page nobody reads', async () => {
  const limited = clientOn(page(['a', 'b'], 'n'), page(['c'], 'm'))
  assert.equal(await all(limited.clipia.files.list({ limit: 3, pageSize: 2 })), 'a,b,c')
  assert.deepEqual(limited.asked(), ['/files?limit=2', '/files?limit=1&cursor=n'])
  const { clipia, asked } = clientOn(page(['a', 'b'], 'n'))
  for await (const file of clipia.files.list()) {
    assert.ok(file)
    break
  }
  assert.equal(asked().length, 1)
  assert.equal(await all(clipia.files.list({ limit: 0 })), '')
})

test('an error of any page is thrown where the list is read', async () => {
  const { clipia } = clientOn(page(['a'], 'n'), refusal(403, 'insufficient_scope'))
  const list = clipia.deliveries.list()
  assert.equal((await list.next()).done, false)
  await assert.rejects(list.next(), { code: 'insufficient_scope' })
})

test('deleting is tried once: a second try would meet a file that is gone', async () => {
  const { clipia, sent } = clientOn(refusal(503, 'service_unavailable'))
  await assert.rejects(clipia.files.delete('f/1'), { status: 503 })
  assert.deepEqual([sent[0]?.method, sent[0]?.url.split('/v1')[1]], ['DELETE', '/files/f%2F1'])
})

test('a file that is not there is said by its path, and nothing is sent', async () => {
  const { clipia, sent } = clientOn()
  await assert.rejects(clipia.files.upload('/nowhere/at-all.png'), { code: 'ENOENT', path: '/nowhere/at-all.png' })
  assert.deepEqual(sent, [])
})
