import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** What `clipia login` keeps: a key, and the server it is for. */
export interface Credentials {
  key: string
  /** Absent: the hosted service. */
  baseUrl?: string | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

/** Where the credentials are: `clipia/credentials.json` in XDG_CONFIG_HOME, by default `~/.config`. */
export function credentialsPath(environment: Environment): string {
  const folder = environment.XDG_CONFIG_HOME || join(environment.HOME || homedir(), '.config')
  return join(folder, 'clipia', 'credentials.json')
}

/** Reads the credentials; null where nobody logged in. Throws when the file is no longer what login wrote. */
export function readCredentials(environment: Environment): Credentials | null {
  const path = credentialsPath(environment)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const { key, base_url: baseUrl } = parse(text)
  if (typeof key !== 'string' || key === '') throw new Error(`${path} is damaged: run clipia login again`)
  return { key, baseUrl: typeof baseUrl === 'string' ? baseUrl : undefined }
}

function parse(text: string): { key?: unknown; base_url?: unknown } {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

/** Keeps the credentials where only the user can read them, whole or not at all. Answers the path. */
export function writeCredentials(environment: Environment, { key, baseUrl }: Credentials): string {
  const path = credentialsPath(environment)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const text = `${JSON.stringify({ key, base_url: baseUrl }, null, 2)}\n`
  const part = `${path}.${process.pid}.part`
  writeFileSync(part, text, { mode: 0o600 })
  // The mode counts for a new file only.
  chmodSync(part, 0o600)
  renameSync(part, path)
  return path
}

/** Forgets the credentials; says whether there were any. */
export function removeCredentials(environment: Environment): boolean {
  const path = credentialsPath(environment)
  const isThere = existsSync(path)
  rmSync(path, { force: true })
  return isThere
}
