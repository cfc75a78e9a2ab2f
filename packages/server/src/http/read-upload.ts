import type { Readable } from 'node:stream'
import type { Operation } from '@clipia/contract'
import fastifyMultipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { toPublicText } from '../engines/public-text.ts'
import { ClipiaError } from '../errors.ts'
import { MOST_FILE_BYTES } from '../files/receive-file.ts'
import type { ReadUpload } from '../files/upload-file.ts'
import { drainBody } from './drain-body.ts'

/** Lets the routes of a scope take forms. */
export async function allowForms(scope: FastifyInstance): Promise<void> {
  // One byte more than the bound of any kind, so that a file is never cut to one that fits.
  await scope.register(fastifyMultipart, { limits: { fileSize: MOST_FILE_BYTES + 1, files: 2, fields: 2, parts: 3 } })
}

/** Refuses a body that is no form before it is read. */
export function checkFormType(request: FastifyRequest, { field }: NonNullable<Operation['upload']>): void {
  if (/^multipart\/form-data\s*;.*boundary=/i.test(request.headers['content-type'] ?? '')) return
  throw malformed(`The body must be multipart/form-data with the file in the field ${field}.`, field)
}

/**
 * Reads the form of a request: the one file in its field. Throws what taking it throws, and `invalid_request` for a form
 * that is malformed or holds anything else. What is still coming of one that is refused is taken and forgotten.
 */
export function createReadUpload(request: FastifyRequest, { field }: NonNullable<Operation['upload']>): ReadUpload {
  return async <Taken>(take: (stream: Readable) => Promise<Taken>) => {
    let file: { fileName: string | undefined; taken: Taken } | null = null
    let isTaking = false
    try {
      for await (const part of request.parts()) {
        if (part.type === 'field' || part.fieldname !== field || file !== null) throw unexpected(part.fieldname, field)
        isTaking = true
        file = { fileName: part.filename, taken: await take(part.file) }
        isTaking = false
      }
    } catch (error) {
      request.raw.unpipe()
      await drainBody(request.raw)
      if (error instanceof ClipiaError || (isTaking && !isFault(error, request))) throw error
      throw malformed('The form is malformed, or ends too early.', field, error)
    }
    if (file === null) throw malformed(`${field} is required.`, field)
    return file
  }
}

/** Whether a file could not be taken because of how it came, and not because of us. */
function isFault(error: unknown, request: FastifyRequest): boolean {
  // The connection broke.
  if (request.raw.errored) return true
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return code.startsWith('FST_') || code === 'ERR_STREAM_PREMATURE_CLOSE' || /multipart/i.test(error.message)
}

function unexpected(name: string, field: string): ClipiaError {
  if (name === field) return malformed(`${field} must be one file.`, field)
  const shown = toPublicText(name, 64)
  return malformed(`The form has an unknown field ${shown}; it takes one file in the field ${field}.`, shown)
}

function malformed(message: string, param: string, cause?: unknown): ClipiaError {
  return new ClipiaError('invalid_request', message, { param, cause })
}
