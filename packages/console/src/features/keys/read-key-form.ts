import type { Mode, SandboxScenario, Scope } from '@clipia/contract'
import type { WantedKey } from './keys.ts'

/** The numbers a key may be bounded by. */
export const KEY_LIMITS = ['requests_per_minute', 'concurrency', 'budget', 'quote_above'] as const

/** What a change of a key may say: null lifts a bound. */
export type WantedChange = Record<string, string | number | null>

/** Reads the form of a change; an empty bound is lifted. */
export function readKeyChange(form: FormData, mode: Mode): WantedChange {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return {
    name: text('name'),
    ...Object.fromEntries(KEY_LIMITS.map((name) => [name, text(name) === '' ? null : Number(text(name))])),
    ...(mode === 'test' && { scenario: text('scenario') === '' ? null : text('scenario') }),
  }
}

/** Reads the form of a new key; what is left empty takes the server's default. */
export function readKeyForm(form: FormData, mode: Mode): WantedKey {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const models = text('allowed_models')
    .split(/[\s,]+/)
    .filter(Boolean)
  return {
    name: text('name'),
    mode,
    scopes: form.getAll('scopes') as Scope[],
    ...Object.fromEntries(KEY_LIMITS.filter((name) => text(name) !== '').map((name) => [name, Number(text(name))])),
    ...(mode === 'test' && text('scenario') !== '' && { scenario: text('scenario') as SandboxScenario }),
    ...(models.length > 0 && { allowed_models: models }),
    ...(text('expires_at') !== '' && { expires_at: new Date(text('expires_at')).toISOString() }),
  }
}
