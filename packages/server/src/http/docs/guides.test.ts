import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ERROR_CODES, GENERATION_ERROR_CODES, OPERATIONS } from '@clipia/contract'
import { DATABASES } from '../../testing/databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { GUIDES } from './guides.ts'

describe('guides, and what language models read', () => {
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

  it('tells of every code that the API or a result can carry', async () => {
    const { text } = await read('/guides/errors.md')
    const refusals = new Set([
      ...Object.values(OPERATIONS).flatMap(({ errors }) => errors),
      ...(['invalid_api_key', 'rate_limit_exceeded', 'internal_error', 'service_unavailable'] as const),
    ])
    for (const code of refusals) assert.ok(text.includes(`| ${ERROR_CODES[code].status} | \`${code}\` |`), code)
    for (const code of GENERATION_ERROR_CODES) assert.ok(text.includes(`| \`${code}\` |`), code)
  })

  it('serves each guide as Markdown, and nothing else of the folder', async () => {
    for (const { name, title } of GUIDES) {
      const { text, headers } = await read(`/guides/${name}.md`)
      assert.ok(text.startsWith(`# ${title}\n`), `${name} begins with its title`)
      assert.match(String(headers['content-type']), /^text\/markdown/)
    }
    for (const path of ['/guides/reliability.md', '/guides/..%2FREADME.md', '/guides/webhooks.md.md']) {
      assert.equal((await read(path)).status, 404, path)
    }
  })

  it('serves each guide as a page whose links lead somewhere', async () => {
    for (const { name, title } of GUIDES) {
      const { text, headers } = await read(`/guides/${name}`)
      assert.match(String(headers['content-type']), /^text\/html/)
      assert.match(String(headers['content-security-policy']), /default-src 'none'/)
      assert.ok(text.includes(`<h1>${title}</h1>`), name)
      for (const [, path = ''] of text.matchAll(/(?:href|src)="([^"]*)"/g)) {
        if (/^https:|^data:/.test(path)) continue
        if (path.startsWith('#')) assert.ok(text.includes(`id="${path.slice(1)}"`), `${name}: ${path}`)
        else if (path !== '/' && path !== '/playground')
          assert.equal((await read(path)).status, 200, `${name}: ${path}`)
      }
    }
    assert.equal((await read('/guides')).headers.location, '/guides/quickstart')
  })

  it('holds every guide in /llms-full.txt', async () => {
    const { text } = await read('/llms-full.txt')
    for (const { title } of GUIDES) assert.ok(text.includes(`\n# ${title}\n`), title)
  })
})
