import { createClient } from '@clipia/client'
import { createTerminal, type Streams } from '../terminal/terminal.ts'
import type { ClientFlags } from './context.ts'
import { removeCredentials, writeCredentials } from './credentials.ts'
import { readSecret } from './read-secret.ts'

/** `clipia login`: keeps a key that works, for this user only. */
export async function login(flags: ClientFlags, streams: Streams): Promise<void> {
  const terminal = createTerminal(streams, flags.json === true)
  const apiKey = (flags.key ?? (await readSecret('API key: ', streams))).trim()
  if (apiKey === '') throw new Error('no key was given')
  const baseUrl = flags.baseUrl ?? (streams.environment.CLIPIA_BASE_URL || undefined)
  const { account_id: accountId } = await createClient({ apiKey, baseUrl }).account.get()
  const path = writeCredentials(streams.environment, { key: apiKey, baseUrl })
  if (!terminal.isForPeople) terminal.json({ account_id: accountId, path })
  else terminal.line(`${terminal.paint('green', '✓')} logged in to account ${accountId}; the key is in ${path}`)
  if (streams.environment.CLIPIA_KEY) terminal.note('CLIPIA_KEY is set, and wins over the login.')
}

/** `clipia logout`: forgets the key. It goes on working elsewhere until it is revoked. */
export async function logout(flags: ClientFlags, streams: Streams): Promise<void> {
  const terminal = createTerminal(streams, flags.json === true)
  const wasLoggedIn = removeCredentials(streams.environment)
  if (!terminal.isForPeople) terminal.json({ logged_out: wasLoggedIn })
  else
    terminal.line(wasLoggedIn ? 'logged out; the key itself still works until it is revoked' : 'nobody was logged in')
}
