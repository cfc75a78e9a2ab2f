/**
 * Takes the Scalar bundle out of its Fastify plugin and puts it where the server serves it itself: the plugin's own
 * page starts from an inline script, which our content security policy refuses. Run by `npm ci`.
 */
import { writeFileSync } from 'node:fs'
import scalar from '@scalar/fastify-api-reference'
import Fastify from 'fastify'

const app = Fastify()
await app.register(scalar, { routePrefix: '/reference', configuration: { content: { openapi: '3.1.0' } } })
const { statusCode, rawPayload } = await app.inject('/reference/js/scalar.js')
if (statusCode !== 200 || rawPayload.length < 1_000_000)
  throw new Error('the Scalar plugin no longer serves its bundle')
writeFileSync(new URL('../packages/server/src/http/docs/page/scalar.js', import.meta.url), rawPayload)
await app.close()
