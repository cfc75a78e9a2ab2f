import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  CONSOLE_OPERATIONS,
  createOpenApi,
  OPERATIONS,
  type Operation,
  type OperationName,
  toConsolePath,
} from '@clipia/contract'
import { Validator } from '@seriousme/openapi-schema-validator'
import { DATABASES } from '../testing/databases.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

describe('the table of operations', () => {
  let test: TestApp
  before(async () => {
    const [kind] = DATABASES
    assert.ok(kind)
    test = await createTestApp(kind)
  })
  after(() => test.close())

  it('has a route for every row, and every route under /v1 and /console/v1 has a row', () => {
    const mirrored = (Object.keys(OPERATIONS) as OperationName[]).map((name) => ({
      method: OPERATIONS[name].method,
      path: toConsolePath(name),
    }))
    const rows = [...Object.values<Operation>({ ...OPERATIONS, ...CONSOLE_OPERATIONS }), ...mirrored].map(
      ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    )
    for (const row of rows) {
      const [method = '', url = ''] = row.split(' ')
      assert.ok(test.app.http.hasRoute({ method: method as 'GET', url }), row)
    }
    const known = new Set(rows.map((row) => row.split(' ')[1]))
    const served = pathsOf(test.app.http.printRoutes({ commonPrefix: false })).filter((path) =>
      /^(\/console)?\/v1/.test(path),
    )
    assert.deepEqual(new Set(served), known)
  })

  it('makes a valid OpenAPI 3.1 description', async () => {
    for (const operations of [OPERATIONS, CONSOLE_OPERATIONS]) {
      const description = createOpenApi('https://api.example.com', '1.0.0', operations)
      const validation = await new Validator().validate(description)
      assert.deepEqual(validation.errors ?? [], [])
      assert.equal(validation.valid, true)
    }
  })

  it('describes every group of operations', () => {
    for (const operations of [OPERATIONS, CONSOLE_OPERATIONS]) {
      const { tags } = createOpenApi('https://api.example.com', '1.0.0', operations)
      const described = new Set((tags as { name: string }[]).map(({ name }) => name))
      for (const { tag } of Object.values<Operation>(operations)) assert.ok(described.has(tag), tag)
    }
  })

  it('describes every property of every schema', () => {
    const undescribed: string[] = []
    const walk = (schema: unknown, path: string) => {
      if (typeof schema !== 'object' || schema === null) return
      const { properties } = schema as {
        properties?: Record<string, { description?: string; properties?: object; $ref?: string }>
      }
      for (const [name, property] of Object.entries(properties ?? {})) {
        const isDescribed =
          property.description !== undefined || property.properties !== undefined || property.$ref !== undefined
        if (!isDescribed) undescribed.push(`${path}.${name}`)
      }
      for (const [name, value] of Object.entries(schema)) walk(value, `${path}.${name}`)
    }
    for (const operations of [OPERATIONS, CONSOLE_OPERATIONS]) {
      walk(createOpenApi('https://api.example.com', '1.0.0', operations).components, 'components')
    }
    assert.deepEqual(undescribed, [])
  })

  it('answers every operation in the shape it declares', async () => {
    const listed = await test.call('GET', '/openapi.json', { key: null })
    assert.deepEqual(Object.keys(listed.body.paths), [
      ...new Set(Object.values<Operation>(OPERATIONS).map(({ path }) => path)),
    ])
    const page = await test.call('GET', '/docs', { key: null })
    assert.equal(page.status, 200)
    assert.match(String(page.headers['content-security-policy']), /script-src 'self';/)
  })
})

/** The full paths of a printed tree of routes: each level is indented by four characters. */
function pathsOf(tree: string): string[] {
  const parents: string[] = []
  const paths: string[] = []
  for (const line of tree.split('\n')) {
    const match = /^(.*)[├└]── (\S*?)(?: \(([A-Z, ]+)\))?$/.exec(line)
    if (match === null) continue
    const [, indent = '', segment = '', methods] = match
    parents.splice(indent.length / 4)
    const path = (parents.at(-1) ?? '') + segment
    parents.push(path)
    if (methods !== undefined) paths.push(path)
  }
  return paths
}
