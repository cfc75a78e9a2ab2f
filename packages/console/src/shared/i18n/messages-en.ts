import { AGENTS_EN } from './en/agents.ts'
import { APP_EN } from './en/app.ts'
import { CREDITS_EN } from './en/credits.ts'
import { KEYBOARD_EN } from './en/keyboard.ts'
import { KEYS_EN } from './en/keys.ts'
import { MODELS_EN } from './en/models.ts'
import { OUTPUT_EN } from './en/output.ts'
import { PLAYGROUND_EN } from './en/playground.ts'
import { REQUESTS_EN } from './en/requests.ts'
import { SESSION_EN } from './en/session.ts'
import { SETTINGS_EN } from './en/settings.ts'
import { USAGE_EN } from './en/usage.ts'
import { WEBHOOKS_EN } from './en/webhooks.ts'

/** Every text of the console in English, in ICU message format: a file a feature; the other languages have the same names. */
export const EN = {
  ...AGENTS_EN,
  ...APP_EN,
  ...CREDITS_EN,
  ...KEYBOARD_EN,
  ...KEYS_EN,
  ...MODELS_EN,
  ...OUTPUT_EN,
  ...PLAYGROUND_EN,
  ...REQUESTS_EN,
  ...SESSION_EN,
  ...SETTINGS_EN,
  ...USAGE_EN,
  ...WEBHOOKS_EN,
} as const

/** The name of a text. */
export type MessageName = keyof typeof EN
