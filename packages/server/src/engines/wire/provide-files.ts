import type { Failed, Job } from '../engine.ts'
import type { ProviderParts } from '../provider-parts.ts'
import { type Deliver, provideMedia } from './provide-media.ts'

/** A file of an input, as the provider is to name it. */
export interface ProvidedFile {
  /** The field of the input it stands in. */
  field: string
  /** What {@link Deliver} made of it, or the URL as it was. */
  name: string
}

/**
 * Hands the given files of a job to the provider, in their order; those it can reach are left as they are. What fails, fails
 * as in {@link provideMedia}.
 */
export async function provideFiles(
  job: Job,
  media: readonly { field: string; urls: readonly string[] }[],
  parts: Pick<ProviderParts, 'inputs' | 'isReachable'>,
  signal: AbortSignal,
  deliver: Deliver,
): Promise<{ files: ProvidedFile[] } | { failure: Failed }> {
  const files = media.flatMap(({ field, urls }) => urls.map((url) => ({ field, url })))
  const input = { names: files.map(({ url }) => url) }
  const provided = await provideMedia({ ...job, input, media: input.names }, parts, signal, deliver)
  if ('failure' in provided) return provided
  const names = provided.input.names as string[]
  return { files: files.map(({ field, url }, index) => ({ field, name: names[index] ?? url })) }
}
