import { type CallOptions, toCallOptions } from './call-options.ts'
import { type ListOptions, listPages } from './http/list-pages.ts'
import type { Transport } from './http/transport.ts'
import type { UploadedFile } from './wire/files.ts'

/** What an upload takes. */
export interface UploadOptions extends CallOptions {
  /** Name for people; default the name of the file. */
  fileName?: string | undefined
}

/** Inputs that have no URL of their own. */
export interface Files {
  /** Uploads a picture, video or sound, a path or bytes, and answers the URL by which inputs name it. */
  upload(file: string | Blob | Uint8Array | ArrayBuffer, options?: UploadOptions): Promise<UploadedFile>
  /** The account's files that have not expired, newest first. */
  list(options?: ListOptions): AsyncGenerator<UploadedFile, void, undefined>
  get(fileId: string, options?: CallOptions | AbortSignal): Promise<UploadedFile>
  /** Removes a file; one that a request still needs is refused with 409. */
  delete(fileId: string, options?: CallOptions | AbortSignal): Promise<void>
}

/** A video over a slow line. */
const UPLOAD_TIMEOUT_MS = 600_000

/** Makes the calls of files. */
export function createFiles(transport: Transport): Files {
  const path = (fileId: string) => `/v1/files/${encodeURIComponent(fileId)}`
  return {
    async upload(file, { fileName, timeoutMs = UPLOAD_TIMEOUT_MS, ...options } = {}) {
      const body = new FormData()
      const { blob, name } = await toBlob(file)
      body.set('file', blob, fileName ?? name)
      return (await transport.json<UploadedFile>({ ...options, timeoutMs, method: 'POST', path: '/v1/files', body }))
        .body
    },
    list: (options = {}) => listPages<UploadedFile>(transport, { path: '/v1/files' }, options),
    async get(fileId, options) {
      return (await transport.json<UploadedFile>({ ...toCallOptions(options), path: path(fileId) })).body
    },
    async delete(fileId, options) {
      const call = { ...toCallOptions(options), path: path(fileId), isHarmless: false }
      await transport.json<undefined>({ ...call, method: 'DELETE' })
    },
  }
}

/** A file on disk is read as it is sent, not before. */
async function toBlob(file: string | Blob | Uint8Array | ArrayBuffer): Promise<{ blob: Blob; name: string }> {
  if (typeof file !== 'string') {
    const blob = file instanceof Blob ? file : new Blob([file as Uint8Array<ArrayBuffer>])
    return { blob, name: 'name' in blob ? String(blob.name) : 'file' }
  }
  const [{ access, openAsBlob }, { basename }] = await Promise.all([loadFileSystem(), import('node:path')])
  // openAsBlob does not say which file is missing.
  await access(file)
  return { blob: await openAsBlob(file), name: basename(file) }
}

async function loadFileSystem() {
  const [{ access }, { openAsBlob }] = await Promise.all([import('node:fs/promises'), import('node:fs')])
  return { access, openAsBlob }
}
