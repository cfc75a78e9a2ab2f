import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { DATABASES } from '../../testing/databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

describe('what language models read', () => {
  let test: TestApp
  before(async () => {
    const [kind] = DATABASES
    assert.ok(kind)
    test = await createTestApp(kind)
  })
  after(() => test.close())
  const read = async (path: string) => {
    const answer = await test.call('GET', path, { key: null })
    return { ...answer, text: String(answer.body) }
  }

  it('names in /llms.txt only what is there', async () => {
    const { status, text, headers } = await read('/llms.txt')
    assert.equal(status, 200)
    assert.match(String(headers['content-type']), /^text\/plain/)
    const links = [...text.matchAll(/\]\(http:\/\/clipia\.test(\/[^)]*)\)/g)].map(([, path]) => path ?? '')
    assert.ok(links.length >= 8)
    for (const path of links) assert.notEqual((await read(path)).status, 404, path)
  })

  it('serves each guide as Markdown, and nothing else of the folder', async () => {
    const { text, headers } = await read('/guides/webhooks.md')
    assert.match(text, /^# Webhooks/)
    assert.match(String(headers['content-type']), /^text\/markdown/)
    for (const path of ['/guides/operating.md', '/guides/..%2FREADME.md', '/guides/webhooks', '/guides/']) {
      assert.equal((await read(path)).status, 404, path)
    }
  })

  it('holds every guide in /llms-full.txt', async () => {
    const { text } = await read('/llms-full.txt')
    for (const title of ['# Clipia', '# Waiting for a request', '# Webhooks', '# Agents']) {
      assert.ok(text.includes(`${title}\n`), title)
    }
  })
})
