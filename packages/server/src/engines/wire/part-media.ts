import type { JsonValue } from '../../json.ts'
import type { Job } from '../engine.ts'

/** An input whose media go another way than the rest of it. */
export interface PartedInput {
  /** The fields that name media, each with its URLs, in the order of the input. */
  media: readonly { field: string; urls: readonly string[] }[]
  /** All other fields. */
  rest: Readonly<Record<string, JsonValue>>
}

/** Parts the fields of a job's input that name media, or are lists of them, from the others. */
export function partMedia({ input, media }: Pick<Job, 'input' | 'media'>): PartedInput {
  const known = new Set(media)
  const named: PartedInput['media'][number][] = []
  const rest: Record<string, JsonValue> = {}
  for (const [field, value] of Object.entries(input)) {
    const urls = (Array.isArray(value) ? value : [value]).filter((url): url is string => typeof url === 'string')
    if (urls.length > 0 && urls.every((url) => known.has(url))) named.push({ field, urls })
    else rest[field] = value
  }
  return { media: named, rest }
}
