import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { Ajv } from 'ajv'
import Type from 'typebox'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8'))

/** A value that is filled in, and whether a client must hide it. */
const input = {
  description: Type.Optional(Type.String()),
  isRequired: Type.Optional(Type.Boolean()),
  isSecret: Type.Optional(Type.Boolean()),
  default: Type.Optional(Type.String()),
  value: Type.Optional(Type.String()),
}
const Variables = Type.Record(Type.String(), Type.Object(input, { additionalProperties: false }))

/** What the registry of MCP servers takes of a remote server, in the edition of 2025-12-11; stricter: nothing else. */
const ServerFile = Type.Object(
  {
    $schema: Type.Literal('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'),
    name: Type.String({ pattern: '^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$', minLength: 3, maxLength: 200 }),
    title: Type.String({ minLength: 1, maxLength: 100 }),
    description: Type.String({ minLength: 1, maxLength: 100 }),
    version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
    websiteUrl: Type.String({ pattern: '^https://' }),
    remotes: Type.Array(
      Type.Object(
        {
          type: Type.Literal('streamable-http'),
          url: Type.String({ pattern: '^https://\\S+/mcp$' }),
          variables: Variables,
          headers: Type.Array(
            Type.Object(
              { ...input, name: Type.String({ minLength: 1 }), variables: Type.Optional(Variables) },
              { additionalProperties: false },
            ),
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
)

describe('server.json, for the registry of MCP servers', () => {
  const file = read('server.json')

  it('is of the shape the registry takes', () => {
    const validate = new Ajv({ strict: false, allErrors: true }).compile(ServerFile)
    assert.ok(validate(file), JSON.stringify(validate.errors))
  })

  it('has the version of the package', () => {
    assert.equal(file.version, read('packages/server/package.json').version)
  })

  it('declares every variable it uses, and keeps the key a secret', () => {
    for (const { url, variables, headers } of file.remotes) {
      assert.deepEqual(namesIn(url), Object.keys(variables))
      for (const header of headers) {
        assert.deepEqual(namesIn(header.value), Object.keys(header.variables))
        assert.ok(header.isSecret && Object.values(header.variables).every((variable) => Object(variable).isSecret))
      }
    }
    assert.doesNotMatch(JSON.stringify(file), /clipia_(live|test)_\w/)
  })
})

function namesIn(template: string): string[] {
  return Array.from(template.matchAll(/\{(\w+)\}/g), ([, name]) => String(name))
}
