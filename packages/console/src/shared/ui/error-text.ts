import { ApiError } from '../api/call.ts'
import type { I18n } from '../i18n/i18n.tsx'

/** What a reader is told of an error: the server's own words, or that it was not reached. */
export function errorText(error: unknown, { t }: I18n): string {
  if (!(error instanceof ApiError)) return t('app.unknownError')
  return error.status === 0 ? t('app.offline') : error.message
}

/** The words of an error that is about this field, else null. */
export function fieldError(error: unknown, param: string): string | null {
  return error instanceof ApiError && error.param === param ? error.message : null
}

/** The words of an error that is about none of the fields shown, else null. */
export function formError(error: unknown, params: readonly string[], i18n: I18n): string | null {
  if (error === null || error === undefined) return null
  if (error instanceof ApiError && error.param !== undefined && params.includes(error.param)) return null
  return errorText(error, i18n)
}
