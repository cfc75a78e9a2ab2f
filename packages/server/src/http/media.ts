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

/** `/media/<name>`: the bytes of outputs and files, with ranges; nothing served here can run in a browser. */
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
      return send(reply, request.params.name, contentType, FOREVER).sendFile(
        request.params.name,
        fileURLToPath(SAMPLES_FOLDER),
        OWN_HEADERS,
      )
    },
  )
  app.get<{ Params: { name: string } }>('/media/:name', { errorHandler: answerRange }, async (request, reply) => {
    const { name } = request.params
    const media = await findMedia(database, name, clock.now())
    if (media === null) throw notFound()
    const caching = media.expiresAt === null ? FOREVER : untilExpiry(media.expiresAt - clock.now())
    const path = folder.pathOf(media.location).slice(folder.root.length)
    return send(reply, name, media.contentType, caching).sendFile(path, folder.root, OWN_HEADERS)
  })
}

/** An upload may be deleted, so that only who asked keeps a copy, and not beyond its time. */
function untilExpiry(leftMs: number): string {
  return `private, max-age=${Math.floor(leftMs / 1000)}, immutable`
}

function send(reply: FastifyReply, name: string, contentType: string, caching: string): FastifyReply {
  return reply.headers({
    'content-type': contentType,
    'content-disposition': `inline; filename="${name}"`,
    'cache-control': caching,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
  })
}

/** A range beyond the end is HTTP's own affair; everything else is an error like any other. */
function answerRange(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (!(error instanceof Error && 'statusCode' in error && error.statusCode === 416)) {
    sendError(error, request, reply)
    return
  }
  // How long the file is, so that the client can ask again.
  if ('headers' in error) void reply.headers(error.headers as Record<string, string>)
  void reply.code(416).header('cache-control', 'no-store').send()
}

function notFound(): ClipiaError {
  return new ClipiaError('not_found', 'There is no such file.')
}
