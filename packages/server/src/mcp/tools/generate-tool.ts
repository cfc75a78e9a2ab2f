import Type from 'typebox'
import type { MediaType, Model } from '../../catalogue/model.ts'
import { hashJson } from '../../json.ts'
import type { ApiKey } from '../../keys/api-key.ts'
import { chooseModel } from '../choose-model.ts'
import { describeGeneration, GenerationAnswer } from '../generation-answer.ts'
import { inputSchemaOf } from '../input-schema.ts'
import { toRefusal } from '../refusal.ts'
import type { Tool, ToolAnswer, ToolContext } from '../tool.ts'

/** How long the answer waits for a result unless told otherwise, in seconds: pictures are often there by then. */
const WAIT_SECONDS: Readonly<Record<MediaType, number>> = { image: 10, video: 0, audio: 5 }

const WHEN_UNKNOWN =
  'It is not known yet whether this was accepted. Make exactly the same call again: it answers the same generation and is never charged twice.'

/** `generate_image`, `generate_video`, `generate_audio`: submits once, whatever the client repeats. */
export function generateTool(type: MediaType, models: readonly Model[]): Tool {
  const slugs = models.map(({ slug }) => slug)
  return {
    name: `generate_${type}`,
    title: `Generate ${type}`,
    description: `Makes ${type} from the input of a model. Costs credits (none with a test key); estimate_cost tells how many. The same call again within 24 hours answers the same generation and costs nothing: repeat it freely after an error or a time-out. A result that is not there yet is fetched by wait_generation.`,
    isReadOnly: false,
    isIdempotent: true,
    isDestructive: false,
    isOpenWorld: true,
    whenLate: WHEN_UNKNOWN,
    input: Type.Object(
      {
        model: Type.Optional(
          Type.String({ maxLength: 128, description: `One of: ${slugs.join(', ')}. Left out, a default is taken.` }),
        ),
        input: Type.Unsafe<Record<string, unknown>>(inputSchemaOf(models)),
        quote: Type.Optional(
          Type.String({ maxLength: 2048, description: 'From estimate_cost: its price then holds.' }),
        ),
        max_cost: Type.Optional(
          Type.Integer({ minimum: 0, description: 'In credits; a higher price is refused and nothing is bought.' }),
        ),
        idempotency_key: Type.Optional(
          Type.String({
            pattern: '^[\\x21-\\x7e]{1,255}$',
            description:
              'Only to make another of the same on purpose. Never make one up for a repetition: leave it out, or send the one of the first call.',
          }),
        ),
        wait_seconds: Type.Optional(
          Type.Integer({
            minimum: 0,
            maximum: 20,
            description: `How long this answer may wait for the result; default ${WAIT_SECONDS[type]}.`,
          }),
        ),
      },
      { additionalProperties: false },
    ),
    output: GenerationAnswer,
    run: (context, args) => generate(context, type, args),
  }
}

async function generate(context: ToolContext, type: MediaType, args: Record<string, unknown>): Promise<ToolAnswer> {
  const input = args.input as Record<string, unknown>
  const model = (args.model as string | undefined) ?? chooseModel(context.services, context.key, type, input)
  if (model === null) return noModel(type)
  const refusal = refuseOtherKind(context, model, type)
  if (refusal !== null) return refusal
  const submitted = await context.call('submit', {
    params: { slug: model },
    headers: {
      'idempotency-key': (args.idempotency_key as string | undefined) ?? repetitionKey(context.key, model, input),
    },
    body: { input, quote: args.quote, max_cost: args.max_cost },
  })
  if (submitted.status !== 200) return toRefusal(submitted, WHEN_UNKNOWN)
  const requestId = String(submitted.body.request_id)
  context.requestId = requestId
  const waitSeconds = (args.wait_seconds as number | undefined) ?? WAIT_SECONDS[type]
  const answer = await describeGeneration(context, requestId, waitSeconds * 1_000)
  const facts = {
    model_chosen: args.model === undefined ? 'default' : 'caller',
    replayed: submitted.isReplay,
    ...(submitted.isReplay && { another: anotherText(answer, requestId) }),
  }
  if (answer.isError) {
    // It was accepted; only how it stands could not be read.
    const next = { tool: 'wait_generation', arguments: { request_id: requestId } }
    return { data: { request_id: requestId, status: submitted.body.status, cost: submitted.body.cost, ...facts, next } }
  }
  return { ...answer, data: { ...answer.data, ...facts } }
}

/** The same call by the same key has the same idempotency key for as long as those are kept: 24 hours. */
function repetitionKey(key: ApiKey, model: string, input: unknown): string {
  return `mcp-${hashJson([key.keyId, model, input])}`
}

function anotherText({ data }: ToolAnswer, requestId: string): string {
  const key = `after-${requestId}`
  if (data.status === 'FAILED' || data.status === 'CANCELED') {
    return `This one ended ${String(data.status)}; ${String(data.charged ?? 0)} credits were kept. If your user wants it tried again, pass idempotency_key ${key}.`
  }
  return `Nothing new was bought. Only if your user asked for one more of the same, pass idempotency_key ${key}.`
}

function refuseOtherKind({ services }: ToolContext, slug: string, type: MediaType): ToolAnswer | null {
  const model = services.catalogue().find(slug)
  if (model === null || model.type === type) return null
  const message = `${slug} makes ${model.type}; call generate_${model.type}.`
  return toRefusal({ status: 422, body: { error: { code: 'model_input_invalid', message, param: 'model' } } }, '')
}

function noModel(type: MediaType): ToolAnswer {
  const message = `No model that makes ${type} is active here for this key; list_models shows what there is.`
  return toRefusal({ status: 404, body: { error: { code: 'not_found', message, param: 'model' } } }, '')
}
