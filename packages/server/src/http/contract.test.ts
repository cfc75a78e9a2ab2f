import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createOpenApi, OPERATIONS, type Operation } from '@clipia/contract'
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

  it('has a route for every row, and every route under /v1 has a row', () => {
    const rows = Object.values<Operation>(OPERATIONS).map(
      ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    )
    for (const row of rows) {
      const [method = '', url = ''] = row.split(' ')
      assert.ok(test.app.http.hasRoute({ method: method as 'GET', url }), row)
    }
    const known = new Set(rows.map((row) => row.split(' ')[1]))
    const served = pathsOf(test.app.http.printRoutes({ commonPrefix: false })).filter((path) => path.startsWith('/v1'))
    assert.deepEqual(new Set(served), known)
  })

  it('makes a valid OpenAPI 3.1 description', async () => {
    const validation = await new Validator().validate(createOpenApi('https://api.example.com', '1.0.0'))
    assert.deepEqual(validation.errors ?? [], [])
    assert.equal(validation.valid, true)
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
    walk(createOpenApi('https://api.example.com', '1.0.0').components, 'components')
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
