/**
 * Writes the OpenAPI description of the operations the fuzzer is to call: `api` or `console`, at an origin. What never
 * ends, or would end the session it is called with, is left out. Further arguments are ids that lead somewhere.
 */
import { CONSOLE_OPERATIONS, createOpenApi, OPERATIONS, type Operation } from '../../packages/contract/src/index.ts'

interface Described {
  parameters: { name: string; in: string; schema: object }[]
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
}

/** A stream without an end, and what signs out. */
const LEFT_OUT: ReadonlySet<string> = new Set(['streamWebhooks', 'signOut'])

const [group, origin = '', ...ids] = process.argv.slice(2)
const operations = Object.entries<Operation>(group === 'console' ? CONSOLE_OPERATIONS : OPERATIONS)
const called = Object.fromEntries(operations.filter(([name]) => !LEFT_OUT.has(name)))
const description = createOpenApi(origin, '0.0.0', called)

/** What a path parameter may be besides anything, so that calls get further than a 404. */
const known: Readonly<Record<string, readonly string[]>> = { slug: ['canvas-1', 'motion-1'], id: ids }

for (const methods of Object.values(description.paths as Record<string, Record<string, Described>>)) {
  for (const { parameters, responses } of Object.values(methods)) {
    for (const parameter of parameters) {
      const values = parameter.in === 'path' ? (known[parameter.name] ?? []) : []
      if (values.length > 0) parameter.schema = { anyOf: [{ enum: values }, parameter.schema] }
    }
    // The fuzzer holds each event against the schema, which is that of the text.
    for (const { content } of Object.values(responses)) delete content?.['text/event-stream']?.schema
  }
}
process.stdout.write(JSON.stringify(description))
