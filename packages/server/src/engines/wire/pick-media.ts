import { parseExpression } from '../../expressions/expression.ts'
import type { JsonValue } from '../../json.ts'
import type { Job, MediaSource } from '../engine.ts'
import { fieldsOf } from './json-fields.ts'

const MAX_MEDIA = 16
const MAX_URL_LENGTH = 8192

/** Where providers put their media, by type; the first that is there counts. */
const USUAL_FIELDS: Readonly<Record<Job['type'], readonly string[]>> = {
  image: ['images', 'image', 'output', 'data', 'url'],
  video: ['video', 'videos', 'output', 'data', 'url'],
  audio: ['audio', 'audio_file', 'audio_url', 'audios', 'output', 'data', 'url'],
}

/**
 * The media in what a provider made: at the JSONata expression that the route has as its setting `output`, else where
 * providers usually put them. A piece of media is a URL or an object with `url`, a lone one or a list of them; the
 * answer is empty when there is none that can be used.
 */
export async function pickMedia(output: JsonValue, { type, settings }: Job): Promise<MediaSource[]> {
  const found =
    typeof settings.output === 'string'
      ? await parseExpression(settings.output).evaluate(output)
      : findUsual(output, type)
  const list = Array.isArray(found) ? found : [found]
  const sources = list.flatMap((item) => toSource(item) ?? [])
  return sources.length === list.length ? sources.slice(0, MAX_MEDIA) : []
}

function findUsual(output: JsonValue, type: Job['type']): unknown {
  if (typeof output === 'string' || Array.isArray(output)) return output
  const fields = fieldsOf(output)
  const name = USUAL_FIELDS[type].find((candidate) => fields[candidate] !== undefined && fields[candidate] !== null)
  return name === undefined ? undefined : fields[name]
}

function toSource(item: unknown): MediaSource | null {
  const url = typeof item === 'string' ? item : fieldsOf(item).url
  if (typeof url !== 'string' || url.length > MAX_URL_LENGTH || !URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  return protocol === 'http:' || protocol === 'https:' ? { kind: 'url', url: href } : null
}
