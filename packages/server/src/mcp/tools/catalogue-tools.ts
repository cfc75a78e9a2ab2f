import { Account, Estimate, ModelDetail, ModelList } from '@clipia/contract'
import Type from 'typebox'
import { MEDIA_TYPES, type Model } from '../../catalogue/model.ts'
import type { CallOperation } from '../call-operation.ts'
import { chooseModel } from '../choose-model.ts'
import { toRefusal } from '../refusal.ts'
import { READ_ONLY, type Tool, type ToolAnswer } from '../tool.ts'

const AGAIN = 'Reading is free: make the same call again.'
const READ = { ...READ_ONLY, whenLate: AGAIN } as const

const ESTIMATE_TOOL: Tool = {
  ...READ,
  name: 'estimate_cost',
  title: 'Estimate a cost',
  description:
    'The exact price of an input in credits, and a quote that holds it for 10 minutes. Buys nothing. Checks the input as generating does.',
  input: Type.Object(
    {
      type: Type.Optional(Type.Enum([...MEDIA_TYPES], { description: 'What to make, where no model is named.' })),
      model: Type.Optional(Type.String({ maxLength: 128, description: 'Left out, a default is taken.' })),
      input: Type.Record(Type.String(), Type.Unknown(), { description: 'The input of the model; see get_model.' }),
    },
    { additionalProperties: false },
  ),
  output: Type.Interface([Estimate], { model: Type.String(), next: Type.Unknown() }),
  async run({ services, key, call }, args) {
    const input = args.input as Record<string, unknown>
    const type = (args.type as Model['type'] | undefined) ?? 'image'
    const slug = (args.model as string | undefined) ?? chooseModel(services, key, type, input) ?? ''
    const answer = await read(call, 'estimate', { params: { slug }, body: { input } })
    if (answer.isError) return answer
    const kind = services.catalogue().find(slug)?.type ?? type
    const next = { tool: `generate_${kind}`, arguments: { model: slug, input, quote: answer.data.quote } }
    return { data: { model: slug, ...answer.data, next } }
  },
}

/** The tools that only read: the catalogue, prices, the balance. */
export const CATALOGUE_TOOLS: readonly Tool[] = [
  {
    ...READ,
    name: 'list_models',
    title: 'List models',
    description: 'The models with what they make, can do and cost in credits. get_model tells the parameters of one.',
    input: Type.Object(
      {
        type: Type.Optional(Type.Enum([...MEDIA_TYPES])),
        capability: Type.Optional(Type.String({ maxLength: 64, description: 'Such as text-to-video.' })),
      },
      { additionalProperties: false },
    ),
    output: ModelList,
    run: ({ call }, args) => read(call, 'listModels', { query: args as Record<string, string> }),
  },
  {
    ...READ,
    name: 'get_model',
    title: 'Get a model',
    description: 'One model with every parameter: its type, limits and default, and its pricing.',
    input: Type.Object({ model: Type.String({ maxLength: 128 }) }, { additionalProperties: false }),
    output: ModelDetail,
    run: ({ call }, args) => read(call, 'getModel', { params: { slug: String(args.model) } }),
  },
  ESTIMATE_TOOL,
  {
    ...READ,
    name: 'get_balance',
    title: 'Get the balance',
    description: 'Credits left, credits reserved by what runs, and the use of 30 days.',
    input: Type.Object({}, { additionalProperties: false }),
    output: Account,
    run: ({ call }) => read(call, 'getAccount', {}),
  },
]

async function read(
  call: CallOperation,
  name: Parameters<CallOperation>[0],
  input: Parameters<CallOperation>[1],
): Promise<ToolAnswer> {
  const reply = await call(name, input)
  return reply.status === 200 ? { data: reply.body } : toRefusal(reply, AGAIN)
}
