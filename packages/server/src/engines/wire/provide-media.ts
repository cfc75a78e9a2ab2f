import { readFile } from 'node:fs/promises'
import type { JsonValue } from '../../json.ts'
import type { InputFile } from '../../media/inputs.ts'
import { type Failed, type Job, NotAccepted } from '../engine.ts'
import { toInputFailure } from '../input-failure.ts'
import type { ProviderParts } from '../provider-parts.ts'

/** Hands a file to the provider and answers how its input names it: a URL of its own, or the file itself. */
export type Deliver = (file: InputFile) => Promise<string>

/** The input to send, or why there is none. */
export type Provided = { input: Job['input'] } | { failure: Failed }

/**
 * The input of a job with every media the provider could not fetch itself handed to it: files of ours, private hosts,
 * `data:` URLs. Nothing has been asked of the provider yet: media that cannot be had end the job, everything else that
 * goes wrong is {@link NotAccepted}, and no fault of the engine unless `deliver` says so.
 */
export async function provideMedia(
  job: Job,
  { inputs, isReachable }: Pick<ProviderParts, 'inputs' | 'isReachable'>,
  signal: AbortSignal,
  deliver: Deliver,
): Promise<Provided> {
  const named = new Map<string, string>()
  try {
    for (const url of new Set(job.media)) {
      if (!isReachable(url)) named.set(url, await inputs.lend(url, signal, deliver))
    }
  } catch (error) {
    const failure = toInputFailure(error, 'input file')
    if (failure !== null) return { failure }
    if (error instanceof NotAccepted) throw error
    throw new NotAccepted('the inputs could not be handed over', { cause: error, isEngineFault: false })
  }
  return { input: named.size === 0 ? job.input : (replaceTexts(job.input, named) as Job['input']) }
}

/** Names a file by its bytes. */
export async function toDataUrl({ path, contentType }: InputFile): Promise<string> {
  return `data:${contentType};base64,${await readFile(path, 'base64')}`
}

function replaceTexts(value: JsonValue, named: ReadonlyMap<string, string>): JsonValue {
  if (typeof value === 'string') return named.get(value) ?? value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: JsonValue) => replaceTexts(item, named))
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, replaceTexts(field, named)]))
}
