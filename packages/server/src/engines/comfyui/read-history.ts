import type { Canceled, Failed, Finished, Job, MediaSource } from '../engine.ts'
import { fieldsOf, textOf } from '../wire/json-fields.ts'
import { MADE_NOTHING } from '../wire/rejected.ts'
import type { Workflow } from './workflow.ts'

const MAX_MEDIA = 16

/** Names of files by what they hold; nodes put videos among `images`, `gifs` or `videos`. */
const FILE_NAMES: Readonly<Record<Job['type'], RegExp>> = {
  image: /\.(png|jpe?g|webp)$/i,
  video: /\.(mp4|webm|mov|mkv)$/i,
  audio: /\.(flac|mp3|wav|ogg|opus|m4a)$/i,
}

/** How a prompt ended, by its entry in the history. Null for one that is there and has not ended. */
export function readHistory(
  entry: unknown,
  { type }: Job,
  { outputNode }: Workflow,
): Finished | Failed | Canceled | null {
  const { status, outputs } = fieldsOf(entry)
  const { status_str: word, completed, messages } = fieldsOf(status)
  const events = (Array.isArray(messages) ? messages : []).filter(Array.isArray)
  if (events.some(([name]) => name === 'execution_interrupted')) return { state: 'canceled', isCharged: false }
  if (word === 'error') return readError(events.find(([name]) => name === 'execution_error')?.[1])
  if (completed !== true && word !== 'success') return null
  const files = Object.entries(fieldsOf(outputs))
    .filter(([node]) => outputNode === null || node === outputNode)
    .flatMap(([, output]) => Object.values(fieldsOf(output)).filter(Array.isArray).flat())
    .map(fieldsOf)
    .filter(({ filename }) => typeof filename === 'string' && FILE_NAMES[type].test(filename))
  // Previews are of type temp: they count only where nothing was saved.
  const saved = files.filter(({ type: folder }) => folder === 'output')
  const media = (saved.length > 0 ? saved : files).slice(0, MAX_MEDIA).map(toSource)
  return media.length === 0 ? { ...MADE_NOTHING, isEngineFault: true } : { state: 'finished', media }
}

/** What a node says of its failure may name files and memory of the server: only that it failed is passed on. */
function readError(error: unknown): Failed {
  const node = textOf(fieldsOf(error).node_type)
  const message = `The workflow failed${node === null ? '' : ` at ${node}`}.`
  return { state: 'failed', code: 'GENERATION_FAILED', message, isCharged: false, isEngineFault: true }
}

function toSource({ filename, subfolder, type }: Readonly<Record<string, unknown>>): MediaSource {
  const reference = { filename: String(filename), subfolder: textOf(subfolder) ?? '', type: textOf(type) ?? 'output' }
  return { kind: 'held', reference }
}
