import type { Output } from '@clipia/contract'
import { samplePath } from '../engines/sandbox/samples.ts'
import { findMedia } from '../media/find-media.ts'
import type { PreviewRendition, PreviewTask } from '../media/rendition-task-types.ts'
import type { McpServices } from './mcp-services.ts'
import type { Preview } from './tool.ts'

/** Bytes of one preview; an answer has {@link MOST_PREVIEWS} at most. */
const MOST_BYTES = 32 * 1024
const MOST_PREVIEWS = 4

/** All previews of an answer together may take so long; what is not there by then is left out. */
const LIMIT_MS = 2_500

/**
 * Small pictures of the pictures in an output, so that an agent sees what it made without a download. Never a reason
 * to fail: without one an answer still has its links. A video has none: nothing here decodes its frames.
 */
export async function previewImages(services: McpServices, output: Output | undefined): Promise<Preview[]> {
  const images = (output?.images ?? []).slice(0, MOST_PREVIEWS)
  const signal = AbortSignal.timeout(LIMIT_MS)
  const previews = await Promise.allSettled(images.map(({ url }) => previewOf(services, url, signal)))
  return previews.flatMap((preview) => (preview.status === 'fulfilled' ? [preview.value] : []))
}

async function previewOf(services: McpServices, url: string, signal: AbortSignal): Promise<Preview> {
  const path = await pathOf(services, url.slice(services.mediaUrl().length))
  const task: PreviewTask = { kind: 'preview', path, maxBytes: MOST_BYTES }
  const limits = { signal, timeoutMs: LIMIT_MS }
  const { type, base64 } = await services.renditions.run<PreviewTask, PreviewRendition>(task, limits)
  return { data: base64, mimeType: type }
}

async function pathOf({ database, clock, folder }: McpServices, name: string): Promise<string> {
  const sample = samplePath(name)
  if (sample !== null) return sample
  const media = await findMedia(database, name, clock.now())
  if (media === null) throw new Error(`there is no medium ${name}`)
  return folder.pathOf(media.location)
}
