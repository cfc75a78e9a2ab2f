import type { MessageName } from './messages-en.ts'
import { AGENTS_RU } from './ru/agents.ts'
import { APP_RU } from './ru/app.ts'
import { CREDITS_RU } from './ru/credits.ts'
import { KEYBOARD_RU } from './ru/keyboard.ts'
import { KEYS_RU } from './ru/keys.ts'
import { MODELS_RU } from './ru/models.ts'
import { OUTPUT_RU } from './ru/output.ts'
import { PLAYGROUND_RU } from './ru/playground.ts'
import { REQUESTS_RU } from './ru/requests.ts'
import { SESSION_RU } from './ru/session.ts'
import { SETTINGS_RU } from './ru/settings.ts'
import { USAGE_RU } from './ru/usage.ts'
import { WEBHOOKS_RU } from './ru/webhooks.ts'

/** Every text of the console in Russian. */
export const RU: Readonly<Record<MessageName, string>> = {
  ...AGENTS_RU,
  ...APP_RU,
  ...CREDITS_RU,
  ...KEYBOARD_RU,
  ...KEYS_RU,
  ...MODELS_RU,
  ...OUTPUT_RU,
  ...PLAYGROUND_RU,
  ...REQUESTS_RU,
  ...SESSION_RU,
  ...SETTINGS_RU,
  ...USAGE_RU,
  ...WEBHOOKS_RU,
}
