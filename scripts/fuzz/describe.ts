/**
 * Writes the OpenAPI description of a group of operations that the fuzzer is to call, at an origin. Further arguments are
 * ids that lead somewhere.
 */
import { CONSOLE_OPERATIONS, createOpenApi, OPERATIONS, type Operation } from '../../packages/contract/src/index.ts'

interface Described {
  parameters: { name: string; in: string; schema: object }[]
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
}

/** Follows all webhooks until somebody goes away: the fuzzer would wait for its end. */
const ENDLESS = ['streamWebhooks']

/** End the session they are called with; of the last one, by an id that the fuzzer has read in an answer. */
const PARTING = ['signOut', 'endSession']

/** Names of a table, without some. */
function namesOf(table: object, without: readonly string[]): readonly string[] {
  return Object.keys(table).filter((name) => !without.includes(name))
}

/** What is called together: with a key, or with a session that lasts as long as the group. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  api: namesOf(OPERATIONS, ENDLESS),
  endless: ENDLESS,
  console: namesOf(CONSOLE_OPERATIONS, PARTING),
  ...Object.fromEntries(PARTING.map((name) => [name, [name]])),
}

const [group = '', origin = '', ...ids] = process.argv.slice(2)
const names = GROUPS[group]
if (names === undefined) throw new Error(`the groups are ${Object.keys(GROUPS).join(', ')}`)
const operations = Object.entries<Operation>({ ...OPERATIONS, ...CONSOLE_OPERATIONS })
const called = Object.fromEntries(operations.filter(([name]) => names.includes(name)))
const description = createOpenApi(origin, '0.0.0', called)

/** What a path parameter may be besides anything, so that calls get further than a 404. */
const known: Readonly<Record<string, readonly string[]>> = { slug: ['canvas-1', 'motion-1'], id: ids }

for (const methods of Object.values(description.paths as Record<string, Record<string, Described>>)) {
  for (const { parameters, responses } of Object.values(methods)) {
    for (const parameter of parameters) {
      // With such an id every stream is refused, and so has an end.
      if (group === 'endless')
        Object.assign(parameter, { required: true, schema: { enum: ['none', '-1', '0x1', '1e3'] } })
      const values = parameter.in === 'path' ? (known[parameter.name] ?? []) : []
      if (values.length > 0) parameter.schema = { anyOf: [{ enum: values }, parameter.schema] }
    }
    // The fuzzer holds each event against the schema, which is that of the text.
    for (const { content } of Object.values(responses)) delete content?.['text/event-stream']?.schema
  }
}
process.stdout.write(JSON.stringify(description))
