import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaStore } from '../../media/store.ts'
import type { MediaSource } from '../engine.ts'

/** Base64, standard, with or without the head of a `data:` URL; null for anything else. */
function decode(text: unknown): Buffer | null {
  if (typeof text !== 'string') return null
  const data = text.slice(text.startsWith('data:') ? text.indexOf(',') + 1 : 0)
  return data.length > 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(data) ? Buffer.from(data, 'base64') : null
}

/**
 * Stores media that came as base64 within an answer. Null when there are none, or one of them is no base64. Whether the
 * bytes are media shows when they are collected.
 */
export async function keepBase64(
  texts: readonly unknown[],
  store: Pick<MediaStore, 'put' | 'makeWorkFolder'>,
): Promise<MediaSource[] | null> {
  const files = texts.map(decode)
  if (files.length === 0 || files.includes(null)) return null
  const folder = await store.makeWorkFolder('answer')
  try {
    const media: MediaSource[] = []
    for (const [index, bytes] of files.entries()) {
      const path = join(folder, String(index))
      await writeFile(path, bytes ?? '')
      media.push({ kind: 'blob', blob: (await store.put(path)).blob })
    }
    return media
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
