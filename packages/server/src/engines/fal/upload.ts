import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { InputFile } from '../../media/inputs.ts'
import { type EngineContext, NotAccepted } from '../engine.ts'
import type { Call } from '../wire/call.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'

/** Uploaded inputs are wanted for one job only. */
const LIFETIME = JSON.stringify({ expiration_duration_seconds: 24 * 60 * 60 })

/**
 * Puts a file into fal's storage and answers its URL there: a place is asked for with our key, the bytes go to the place
 * without it. Whatever goes wrong is {@link NotAccepted}: no job exists yet.
 */
export async function uploadToFal(
  call: Call,
  fetch: typeof globalThis.fetch,
  { path, contentType }: InputFile,
  context: EngineContext,
): Promise<string> {
  try {
    const name = `${basename(path)}.${contentType.split('/')[1]}`
    const initiate = '/storage/upload/initiate?storage_type=fal-cdn-v3'
    const place = await call('POST', initiate, context, {
      headers: { 'x-fal-object-lifecycle': LIFETIME },
      body: { content_type: contentType, file_name: name },
    })
    const { upload_url: uploadUrl, file_url: fileUrl } = fieldsOf(place.body)
    const [target, url] = [textOf(uploadUrl), textOf(fileUrl)]
    if (!place.isOk || target === null || url === null) throw new Error(`the storage answered ${place.status}`)
    const stored = await fetch(target, {
      method: 'PUT',
      headers: { 'content-type': contentType },
      body: await openAsBlob(path, { type: contentType }),
      redirect: 'error',
      signal: context.signal,
    })
    await stored.body?.cancel()
    if (!stored.ok) throw new Error(`the storage answered ${stored.status} to the file`)
    return url
  } catch (error) {
    throw new NotAccepted('an input could not be uploaded', { cause: error, isEngineFault: !context.signal.aborted })
  }
}
