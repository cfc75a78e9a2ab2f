import assert from 'node:assert/strict'
import { test } from 'node:test'
import { childEnvironment } from './child-environment.ts'

test('a task process sees the path and the time zone but none of the secrets of its parent', () => {
  const environment = childEnvironment({ PATH: '/bin', TZ: 'UTC', CLIPIA_SECRET_KEY: 'x', NODE_OPTIONS: '--inspect' })
  assert.deepEqual(environment, { PATH: '/bin', TZ: 'UTC', DISABLE_SYSTEM_FONTS_LOAD: '1' })
})
