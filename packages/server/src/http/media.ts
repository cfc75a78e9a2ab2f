import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { SAMPLE_TYPES, SAMPLES_FOLDER } from '../engines/sandbox/samples.ts'
import { ClipiaError } from '../errors.ts'
import { findMedia } from '../media/find-media.ts'
import { sendError } from './error-response.ts'
import type { Services } from './services.ts'

/** Types come from the database: a blob has no extension to guess from. */
const OWN_HEADERS = { contentType: false, cacheControl: false }

/** Names are never reused, so a copy never expires. */
const FOREVER = 'public, max-age=31536000, immutable'

/** What {@link registerMedia} serves. */
export const MEDIA_PATHS = ['/media/samples/:name', '/media/:name'] as const

/** `/media/<name>`: the bytes of outputs, with ranges; nothing served here can run in a browser. */
export async function registerMedia(app: FastifyInstance, { database, folder, clock }: Services): Promise<void> {
  await app.register(fastifyStatic, { root: folder.root, serve: false, cacheControl: false })

  app.get<{ Params: { name: string } }>(
    '/media/samples/:name',
    { errorHandler: answerRange },
    async (request, reply) => {
      const contentType = Object.hasOwn(SAMPLE_TYPES, request.params.name)
        ? SAMPLE_TYPES[request.params.name]
        : undefined
      if (contentType === undefined) throw notFound()
      return send(reply, contentType).sendFile(request.params.name, fileURLToPath(SAMPLES_FOLDER), OWN_HEADERS)
    },
  )
  app.get<{ Params: { name: string } }>('/media/:name', { errorHandler: answerRange }, async (request, reply) => {
    const media = await findMedia(database, request.params.name, clock.now())
    if (media === null) throw notFound()
    const path = folder.pathOf(media.location).slice(folder.root.length)
    return send(reply, media.contentType).sendFile(path, folder.root, OWN_HEADERS)
  })
}

function send(reply: FastifyReply, contentType: string): FastifyReply {
  return reply.headers({
    'content-type': contentType,
    'cache-control': FOREVER,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
  })
}

/** A range beyond the end is HTTP's own affair; everything else is an error like any other. */
function answerRange(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 416) void reply.code(416).send()
  else sendError(error, request, reply)
}

function notFound(): ClipiaError {
  return new ClipiaError('not_found', 'There is no such file.')
}
