import type { Canceled, Failed, Finished, MediaSource, Progress } from '../engine.ts'
import { toPublicText } from '../public-text.ts'
import { knownCode, toFailed } from './failure.ts'
import type { JobDocument } from './job-document.ts'

const MAX_MEDIA = 16
const MAX_URL_LENGTH = 4096

/** Tells the operator of an answer that the protocol does not foresee. */
export type OnWarning = (message: string) => void

/**
 * How a job stands, from its document. A word that is not in the protocol is a job that is alive, with a warning: it
 * may be a newer server's word for work. Only a document that says nothing at all is thrown.
 */
export function readStanding(document: JobDocument, onWarning: OnWarning): Progress | Finished | Failed | Canceled {
  switch (document.state) {
    case 'queued':
    case 'running':
      return { state: 'running', percent: document.percent }
    case 'finished':
      return readFinished(document, onWarning)
    case 'failed':
      return toFailed(document.error)
    case 'canceled':
      return { state: 'canceled', isCharged: toFailed(document.error).isCharged }
    case null:
      // A refusal under a success status: clear when it is in words of the protocol, else anything may be meant.
      if (knownCode(document.error) !== null) return toFailed(document.error)
      throw new Error(`the engine answered with a job without a state${reasonOf(document)}`)
    default:
      onWarning(`the engine says "${toPublicText(document.state, 64)}", which is no state of the protocol`)
      return { state: 'running', percent: document.percent }
  }
}

/** A job that is done and has nothing to show will not get better: it fails now, not at its deadline. */
function readFinished({ media, seed }: JobDocument, onWarning: OnWarning): Finished | Failed {
  const sources = readMedia(media)
  if (typeof sources !== 'string') return { state: 'finished', media: sources, ...(seed !== undefined && { seed }) }
  onWarning(`the engine finished a job with media that cannot be used: ${sources}`)
  return toFailed(null, 'The engine answered with media that cannot be used.')
}

/** The media to collect, or what is wrong with them. */
function readMedia(media: unknown): MediaSource[] | string {
  if (!Array.isArray(media) || media.length === 0) return 'media must be a list of at least one'
  if (media.length > MAX_MEDIA) return `media must be at most ${MAX_MEDIA}`
  const sources: MediaSource[] = []
  for (const [index, item] of media.entries()) {
    const url: unknown = item?.url
    if (typeof url !== 'string' || url.length > MAX_URL_LENGTH || !URL.canParse(url)) {
      return `media[${index}].url must be an absolute URL`
    }
    const parsed = new URL(url)
    if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return `media[${index}].url must be http or https`
    sources.push({ kind: 'url', url: parsed.href })
  }
  return sources
}

function reasonOf({ error }: JobDocument): string {
  return error === null ? '' : `, but an error ${error.code ?? 'without a code'}: ${error.message ?? 'no message'}`
}
