import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { ConfigError, readConfig } from './config.ts'
import { PROVIDER_SETTINGS, SETTINGS } from './settings/settings.ts'

const KEY = Buffer.alloc(32, 1).toString('base64')

describe('the settings', () => {
  it('need nothing on a laptop', () => {
    const config = readConfig({})
    assert.equal(config.host, '127.0.0.1')
    assert.equal(config.port, 3000)
    assert.equal(config.databaseUrl, null)
    assert.match(config.dataDir, /\.clipia$/)
  })

  it('report all mistakes together, each with its setting, and never repeat a secret', () => {
    const environment = {
      CLIPIA_PORT: '70000',
      CLIPIA_DATABASE_URL: 'mysql://user:hunter2@host/db',
      CLIPIA_SECRET_KEY: 'c2hvcnQ=',
      CLIPIA_PUBLIC_URL: 'https://api.example.com/path',
      CLIPIA_LOG_LEVEL: 'loud',
      CLIPIA_FETCH_ALLOW_PRIVATE: '10.0.0.0/8, not/a/range',
      CLIPIA_PROT: '3000',
    }
    assert.throws(
      () => readConfig(environment),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError)
        assert.deepEqual(error.mistakes.map((mistake) => mistake.split(':')[0]).sort(), Object.keys(environment).sort())
        assert.doesNotMatch(error.message, /hunter2|c2hvcnQ/)
        return true
      },
    )
  })

  it('want a secret key with PostgreSQL', () => {
    const url = 'postgres://clipia@localhost/clipia'
    assert.throws(() => readConfig({ CLIPIA_DATABASE_URL: url }), /CLIPIA_SECRET_KEY: needed/)
    assert.equal(readConfig({ CLIPIA_DATABASE_URL: url, CLIPIA_SECRET_KEY: KEY }).secretKey?.length, 32)
    assert.equal(readConfig({ CLIPIA_SECRET_KEY: 'ab'.repeat(32) }).secretKey?.length, 32)
  })

  it('give media a base that ends in a slash', () => {
    assert.equal(readConfig({ CLIPIA_MEDIA_URL: 'https://m.example.com/x' }).mediaUrl, 'https://m.example.com/x/')
  })

  it('serve metrics only where a port or a token says so', () => {
    assert.equal(readConfig({ CLIPIA_METRICS_HOST: '0.0.0.0' }).metrics, null)
    assert.deepEqual(readConfig({ CLIPIA_METRICS_PORT: '0' }).metrics, { host: '127.0.0.1', port: 0, token: null })
    const token = 'sixteen-letters!'
    assert.deepEqual(readConfig({ CLIPIA_METRICS_TOKEN: token }).metrics, { host: '127.0.0.1', port: null, token })
    assert.throws(() => readConfig({ CLIPIA_METRICS_TOKEN: 'short' }), /CLIPIA_METRICS_TOKEN: must be at least 16/)
  })

  it('set a server of the operator up by its URL alone', () => {
    assert.equal(readConfig({ COMFYUI_TOKEN: 't' }).providers.size, 0)
    assert.deepEqual(readConfig({ COMFYUI_URL: 'http://gpu.lan:8188' }).providers.get('comfyui'), {
      credential: '',
      baseUrl: 'http://gpu.lan:8188/',
      capacity: 2,
    })
  })

  it('set a provider up by its credential alone', () => {
    assert.equal(readConfig({ FAL_BASE_URL: 'http://127.0.0.1:9' }).providers.size, 0)
    assert.deepEqual(readConfig({ FAL_KEY: 'id:secret' }).providers.get('fal'), {
      credential: 'id:secret',
      baseUrl: 'https://queue.fal.run',
      capacity: 20,
    })
    const mistaken = { FAL_KEY: 'two words', FAL_BASE_URL: 'fal.run', CLIPIA_FAL_CAPACITY: '0' }
    assert.throws(
      () => readConfig(mistaken),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError)
        assert.deepEqual(error.mistakes.map((mistake) => mistake.split(':')[0]).sort(), Object.keys(mistaken).sort())
        assert.doesNotMatch(error.message, /two words/)
        return true
      },
    )
  })

  it('name the variable of a base URL or a credential that cannot work, and repeat neither', () => {
    for (const text of [
      'sk-secret',
      'http://user:secret@gpu.lan',
      'http://gpu.lan/?token=secret',
      'http://gpu.lan/#secret',
    ]) {
      for (const name of ['OPENAI_BASE_URL', 'COMFYUI_URL', 'CLIPIA_HTTP_ENGINE_URL']) {
        const message = `${name}: must be an http or https URL without credentials, query and fragment`
        assert.throws(
          () => readConfig({ [name]: text }),
          (error: unknown) => error instanceof ConfigError && error.mistakes.join() === message,
        )
      }
    }
    for (const text of ['"secret"', "'secret'", 'a secret', 'sécret']) {
      assert.throws(
        () => readConfig({ FAL_KEY: text, CLIPIA_HTTP_ENGINE_TOKEN: text }),
        (error: unknown) => error instanceof ConfigError && error.mistakes.length === 2 && !/ret/.test(error.message),
      )
    }
  })

  it('are all in .env.example, and nothing else is', () => {
    const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')
    const documented = [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9]+_[A-Z0-9_]+)=/gm)].map(([, name]) => name)
    assert.deepEqual(documented.sort(), [...Object.keys(SETTINGS), ...PROVIDER_SETTINGS.keys()].sort())
  })
})
