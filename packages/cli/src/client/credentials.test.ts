import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { findCredentials } from './context.ts'
import { credentialsPath, readCredentials, removeCredentials, writeCredentials } from './credentials.ts'

const LOGIN = { key: 'clipia_live_kept', baseUrl: 'https://clipia.example.com' }

let folder = ''
let environment: Record<string, string> = {}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clipia-home-'))
  environment = { HOME: folder }
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a login is kept for its user only, even over a file that was open to all, and is forgotten', () => {
  assert.equal(readCredentials(environment), null)
  const path = writeCredentials(environment, { key: 'first' })
  assert.equal(path, join(folder, '.config/clipia/credentials.json'))
  chmodSync(path, 0o644)
  writeCredentials(environment, LOGIN)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal(statSync(dirname(path)).mode & 0o777, 0o700)
  assert.deepEqual(readdirSync(dirname(path)), ['credentials.json'])
  assert.deepEqual(readCredentials(environment), LOGIN)
  assert.equal(removeCredentials(environment), true)
  assert.equal(removeCredentials(environment), false)
  assert.equal(readCredentials(environment), null)
})

test('XDG_CONFIG_HOME moves it', () => {
  assert.equal(credentialsPath({ XDG_CONFIG_HOME: '/etc/mine', HOME: folder }), '/etc/mine/clipia/credentials.json')
})

test('a damaged file is said by its path and its content is not repeated', () => {
  const path = writeCredentials(environment, LOGIN)
  for (const text of ['', '{', '[]', '{"key": 7}', 'clipia_live_secret']) {
    writeFileSync(path, text)
    assert.throws(
      () => readCredentials(environment),
      (error: Error) => error.message.includes(path) && !error.message.includes('secret'),
    )
  }
  assert.ok(readFileSync(path, 'utf8').includes('secret'), 'and left as it is')
})

test('--key wins over CLIPIA_KEY, that over the login, whose server gets no key but its own', () => {
  writeCredentials(environment, LOGIN)
  assert.deepEqual(findCredentials({}, environment), LOGIN)
  const withKey = { ...environment, CLIPIA_KEY: ' from-environment\n' }
  assert.deepEqual(findCredentials({}, withKey), { key: 'from-environment', baseUrl: undefined })
  assert.deepEqual(findCredentials({ key: 'flag' }, withKey), { key: 'flag', baseUrl: undefined })
  const withBoth = { ...withKey, CLIPIA_BASE_URL: 'http://localhost:3000' }
  assert.equal(findCredentials({}, withBoth).baseUrl, 'http://localhost:3000')
  assert.equal(findCredentials({ baseUrl: 'https://flag' }, withBoth).baseUrl, 'https://flag')
  removeCredentials(environment)
  assert.throws(() => findCredentials({}, environment), /CLIPIA_KEY.*clipia login/)
})
