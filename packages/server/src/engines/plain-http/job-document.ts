import { toPublicText } from '../public-text.ts'

/** What the server says went wrong. */
export interface JobError {
  /** The server's own code, cleaned; null where it gave none. */
  code: string | null
  /** For the caller, cleaned; null where it gave none. */
  message: string | null
  /** Whether the server charges for the job all the same. */
  isCharged: boolean
}

/** A job as the server describes it, shape-checked; fields that do not decide anything are dropped when malformed. */
export interface JobDocument {
  /** The server's id of the job, safe as a path segment; null where there is none. */
  job: string | null
  /** Our request id, repeated by the server; null where it does not. */
  clientId: string | null
  /** One of the protocol's words, or anything else; null where there is none. */
  state: string | null
  /** 0 to 100, whole. */
  percent: number
  media: unknown
  seed: number | undefined
  error: JobError | null
}

const MAX_MESSAGE_LENGTH = 500
const MAX_CODE_LENGTH = 64

/** Reads a job document. Throws for what is none: nothing can be concluded from it. */
export function readJobDocument(body: unknown): JobDocument {
  if (!isRecord(body)) throw new Error('the engine answered with JSON that is no job document')
  const { job, client_id: clientId, state, progress, media, seed } = body
  if (state !== undefined && typeof state !== 'string')
    throw new Error('the engine answered with a state that is no text')
  return {
    job: isJobId(job) ? job : null,
    clientId: typeof clientId === 'string' ? clientId : null,
    state: state ?? null,
    percent: typeof progress === 'number' ? Math.min(Math.max(Math.floor(progress), 0), 100) : 0,
    media,
    seed: typeof seed === 'number' && Number.isSafeInteger(seed) ? seed : undefined,
    error: readJobError(body),
  }
}

/** The `error` of an answer, of whatever status; null where it has none. */
export function readJobError(body: unknown): JobError | null {
  if (!isRecord(body) || !isRecord(body.error)) return null
  const { code, message, charged } = body.error
  return {
    code: readText(code, MAX_CODE_LENGTH),
    message: readText(message, MAX_MESSAGE_LENGTH),
    isCharged: charged === true,
  }
}

/** Visible ASCII, and no dot segment, which a URL would resolve away. */
function isJobId(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,255}$/.test(value) && value !== '.' && value !== '..'
}

function readText(value: unknown, limit: number): string | null {
  const text = typeof value === 'string' ? toPublicText(value, limit) : ''
  return text === '' ? null : text
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
