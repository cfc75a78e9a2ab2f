import type { CallOptions, TestAnswer, TestApp } from './test-app.ts'

/** A part of a form: a file with its name and the type its sender claims, or a text. */
export type FormPart = string | { bytes: Buffer | string; name?: string; type?: string }

/** Sends a form to `POST /v1/files` as a browser or curl would; the fields in their order. */
export async function sendForm(
  test: TestApp,
  fields: readonly (readonly [string, FormPart])[],
  options: CallOptions = {},
): Promise<TestAnswer> {
  const form = new FormData()
  for (const [name, part] of fields) {
    if (typeof part === 'string') form.append(name, part)
    else
      form.append(
        name,
        new Blob([new Uint8Array(Buffer.from(part.bytes))], { type: part.type ?? '' }),
        part.name ?? 'file',
      )
  }
  const encoded = new Response(form)
  return test.call('POST', '/v1/files', {
    ...options,
    headers: { 'content-type': encoded.headers.get('content-type') ?? '', ...options.headers },
    rawBody: Buffer.from(await encoded.arrayBuffer()),
  })
}

/** Uploads one file. */
export function upload(test: TestApp, bytes: Buffer | string, options: CallOptions = {}): Promise<TestAnswer> {
  return sendForm(test, [['file', { bytes, name: 'photo.png', type: 'image/png' }]], options)
}
