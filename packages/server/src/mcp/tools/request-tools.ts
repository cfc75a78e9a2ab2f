import { UploadedFile } from '@clipia/contract'
import Type from 'typebox'
import { describeGeneration, GenerationAnswer } from '../generation-answer.ts'
import { toRefusal } from '../refusal.ts'
import { READ_ONLY, type Tool } from '../tool.ts'

const LONGEST_WAIT_SECONDS = 20
const AGAIN = 'Make the same call again: it changes nothing twice.'

/** Base64 of the largest file an agent may send in a call; larger ones go to `POST /v1/files`. */
const MOST_BASE64_CHARACTERS = 8 * 1024 * 1024

const requestId = Type.String({ maxLength: 64, description: 'From generate_image, generate_video or generate_audio.' })
const READ = { ...READ_ONLY, whenLate: AGAIN } as const

/** The tools about one generation. */
export const REQUEST_TOOLS: readonly Tool[] = [
  {
    ...READ,
    name: 'wait_generation',
    title: 'Wait for a generation',
    description: `Waits for the end of a generation, ${LONGEST_WAIT_SECONDS} seconds at most, and tells how it stands. Call it again until the status is COMPLETED, FAILED or CANCELED.`,
    input: Type.Object(
      {
        request_id: requestId,
        wait_seconds: Type.Optional(
          Type.Integer({ minimum: 0, maximum: LONGEST_WAIT_SECONDS, description: `Default ${LONGEST_WAIT_SECONDS}.` }),
        ),
      },
      { additionalProperties: false },
    ),
    output: GenerationAnswer,
    run: (context, args) => {
      context.requestId = String(args.request_id)
      const seconds = (args.wait_seconds as number | undefined) ?? LONGEST_WAIT_SECONDS
      return describeGeneration(context, context.requestId, seconds * 1_000)
    },
  },
  {
    ...READ,
    name: 'get_generation',
    title: 'Get a generation',
    description: 'How a generation stands now, with its result once it is over.',
    input: Type.Object({ request_id: requestId }, { additionalProperties: false }),
    output: GenerationAnswer,
    run: (context, args) => {
      context.requestId = String(args.request_id)
      return describeGeneration(context, context.requestId, 0)
    },
  },
  {
    name: 'cancel_generation',
    title: 'Cancel a generation',
    description:
      'Cancels a generation that is not over. In the queue it ends at once and is refunded; running, the engine is asked to stop.',
    isReadOnly: false,
    isIdempotent: true,
    isDestructive: true,
    isOpenWorld: true,
    whenLate: AGAIN,
    input: Type.Object({ request_id: requestId }, { additionalProperties: false }),
    output: GenerationAnswer,
    async run(context, args) {
      context.requestId = String(args.request_id)
      const reply = await context.call('cancel', { params: { id: context.requestId } })
      return reply.status < 300 ? describeGeneration(context, context.requestId, 0) : toRefusal(reply, AGAIN)
    },
  },
  {
    name: 'upload_file',
    title: 'Upload a file',
    description:
      'Takes a picture, video or sound as base64, up to 6 MB, and answers a URL for image_url and the like. A public URL needs no upload. Larger files: POST /v1/files with curl.',
    isReadOnly: false,
    isIdempotent: false,
    isDestructive: false,
    isOpenWorld: false,
    whenLate: 'It may have arrived. Uploading costs nothing: call again.',
    input: Type.Object(
      {
        data: Type.String({ minLength: 4, maxLength: MOST_BASE64_CHARACTERS, description: 'The bytes in base64.' }),
        file_name: Type.Optional(Type.String({ maxLength: 255 })),
      },
      { additionalProperties: false },
    ),
    output: UploadedFile,
    async run({ call }, args) {
      const bytes = Buffer.from(String(args.data), 'base64')
      const reply = await call('uploadFile', { file: { bytes, name: String(args.file_name ?? 'upload') } })
      return reply.status === 200
        ? { data: reply.body }
        : toRefusal(reply, 'It may have arrived. Uploading costs nothing: call again.')
    },
  },
]
