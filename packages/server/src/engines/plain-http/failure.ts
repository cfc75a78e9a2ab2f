import { GENERATION_ERROR_CODES, type GenerationErrorCode } from '@clipia/contract/error-codes'
import type { Failed } from '../engine.ts'
import type { JobError } from './job-document.ts'

const DEFAULT_MESSAGES: Readonly<Record<GenerationErrorCode, string>> = {
  GENERATION_FAILED: 'The engine could not make the media.',
  CONTENT_REJECTED: 'The engine rejected the content.',
  INPUT_UNREACHABLE: 'The engine could not use an input file.',
  TIMED_OUT: 'The engine took longer than its limit.',
}

/** A result error code of ours that the server named; null for its own codes. */
export function knownCode(error: JobError | null): GenerationErrorCode | null {
  return GENERATION_ERROR_CODES.find((code) => code === error?.code) ?? null
}

/** How a job ended that the server failed; codes we do not know are a plain failure. */
export function toFailed(error: JobError | null, defaultMessage?: string): Failed {
  const code = knownCode(error) ?? 'GENERATION_FAILED'
  return {
    state: 'failed',
    code,
    message: error?.message ?? defaultMessage ?? DEFAULT_MESSAGES[code],
    isCharged: error?.isCharged ?? false,
  }
}
