import Type, { type Static } from 'typebox'
import type { Operation } from '../operation.ts'

const count = (description: string) => Type.Integer({ minimum: 0, description })

/** An engine of this installation, as an owner sees it. */
export const EngineEntry = Type.Object(
  {
    name: Type.String({ description: 'Name of the engine, as model files give it.' }),
    is_active: Type.Boolean({ description: 'Whether it could run a job now: it has its credential and packages.' }),
    capacity: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
      description: 'Jobs that may run at once over all nodes; null where each node bounds its own.',
    }),
    waiting: count('Requests of all accounts that wait for it.'),
    running: count('Requests of all accounts that it has.'),
    models: Type.Array(
      Type.Object({
        slug: Type.String({ description: 'Slug of the model.' }),
        name: Type.String({ description: 'Name of the model.' }),
        is_active: Type.Boolean({ description: 'Whether this engine could make it now.' }),
      }),
      { description: 'Models with a route to it, in order of their slugs.' },
    ),
  },
  { title: 'EngineEntry' },
)
export type EngineEntry = Static<typeof EngineEntry>

/** What renders. */
export const ENGINE_OPERATIONS = {
  listEngines: {
    method: 'GET',
    path: '/console/v1/engines',
    tag: 'Console',
    summary: 'List engines',
    description: 'Every engine that models name: whether it can run, what waits for it, what it has.',
    auth: 'session',
    role: 'owner',
    answers: {
      200: {
        description: 'The engines.',
        schema: Type.Object(
          { data: Type.Array(EngineEntry, { description: 'In order of their names.' }) },
          { title: 'EngineList' },
        ),
      },
    },
    errors: [],
  },
} as const satisfies Record<string, Operation>
