import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Answer, fetchAll, generate, modelPath } from './testing/api.ts'
import { DATABASES } from './testing/databases.ts'
import { dumpTables } from './testing/dump-tables.ts'
import { startReceiver } from './testing/receiver.ts'
import { startOn } from './testing/start-on.ts'
import { waitFor } from './testing/wait-for.ts'

const CREDENTIAL = 'fal-id:fal-credential-nobody-may-see'
const METRICS_TOKEN = 'metrics-token-nobody-may-see'
const PASSWORD = 'a password nobody may see'
const PROMPT = 'an input that no log may hold'

for (const database of DATABASES) {
  describe(`secrets on ${database.name}`, () => {
    test('are nowhere but where they are given out: no log, no other answer, no URL, no table', async () => {
      const receiver = await startReceiver()
      const { clipia, stop } = await startOn(database, {
        CLIPIA_LOG_LEVEL: 'debug',
        CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1',
        CLIPIA_METRICS_TOKEN: METRICS_TOKEN,
        FAL_KEY: CREDENTIAL,
        // Nobody listens there: what goes wrong is logged.
        FAL_BASE_URL: 'http://127.0.0.1:9',
      })
      const answers: string[] = []
      const keep = (answer: Answer): Answer => {
        answers.push(JSON.stringify([...answer.headers]), answer.text)
        return answer
      }
      const origin = { origin: clipia.url, 'content-type': 'application/json' }
      const console = async (path: string, cookie: string, body?: object) =>
        fetchAll(`${clipia.url}/console/v1${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers: { ...origin, cookie },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        })

      // The answers that give a secret out are not kept; all others are.
      const link = await clipia.adminJson<{ url: string }>('sign-in-link')
      const token = link.url.split('#')[1] ?? ''
      const email = 'owner@example.com'
      keep(await console('/links/read', '', { token }))
      const signedIn = await console('/links/redeem', '', { token, email, name: 'Olga', password: PASSWORD })
      assert.equal(signedIn.status, 200, signedIn.text)
      answers.push(signedIn.text)
      const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      const made = (await console('/keys', cookie, { name: 'another', mode: 'live' })).json<{ key: string }>().key
      const [account] = await clipia.adminJson<{ id: string }[]>('accounts', 'list')
      const secret = (
        await clipia.adminJson<{ secret: string }>(
          'webhooks',
          'secret',
          '--account',
          account?.id ?? '',
          '--mode',
          'live',
        )
      ).secret
      const estimate = await clipia.live.post(modelPath('canvas-1', '/estimate'), { input: { prompt: PROMPT } })
      const { quote } = estimate.json<{ quote: string }>()

      await generate(clipia.live, 'canvas-1', { prompt: PROMPT })
      const body = { input: { prompt: PROMPT }, webhook_url: receiver.url, quote }
      keep(await clipia.live.post(modelPath('canvas-1'), body))
      await waitFor('the webhook', async () => receiver.received[0])
      keep(await clipia.live.post(modelPath('flux-schnell'), { input: { prompt: PROMPT } }))
      await waitFor('a start that is refused', async () =>
        /start not accepted|outcome of a start/.test(clipia.logs()) ? true : undefined,
      )
      // Secrets in all the wrong places.
      for (const each of [made, secret, cookie, token, quote, METRICS_TOKEN]) {
        const encoded = encodeURIComponent(each)
        keep(await clipia.live.get(`/v1/models/${encoded.slice(0, 100)}`))
        keep(await clipia.live.get('/v1/account', { authorization: `Bearer ${each.slice(0, 500)}` }))
        keep(await fetchAll(`${clipia.url}/metrics`, { headers: { authorization: `Bearer ${each.slice(0, 500)}x` } }))
      }
      keep(await console('/sign-in', '', { email, password: `${PASSWORD}x` }))
      for (const path of ['/session', '/sessions', '/keys', '/members', '/live/requests', '/live/account/ledger']) {
        keep(await console(path, cookie))
      }
      for (const path of ['/v1/models', '/v1/requests', '/v1/account', '/v1/account/ledger', '/v1/deliveries']) {
        keep(await clipia.live.get(path))
      }
      keep(await fetchAll(`${clipia.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } }))

      const secrets: Record<string, string> = {
        'the first key': clipia.liveKey.slice(18),
        'a key of the console': made.slice(18),
        'the secret of webhooks': secret.replace('whsec_', ''),
        'the credential of a provider': CREDENTIAL.split(':')[1] ?? '',
        'the token of the metrics': METRICS_TOKEN,
        'the password': PASSWORD,
        'the session': decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? '',
        'the sign-in link': token,
        'the signature of a quote': quote.slice(-24),
      }
      const places = new Map(await dumpTables(clipia))
      assert.ok(places.size > 20 && [...places.values()].some((text) => text.includes(account?.id ?? '-')))
      assert.ok(places.get('requests')?.includes(PROMPT), 'the dump is of what is stored')
      places.set('the log', clipia.logs() + clipia.stdout())
      // A caller's own words come back in errors, cut; what is stored of others never does.
      places.set('the answers', answers.filter((text) => !text.includes('There is no model')).join('\n'))
      for (const hook of receiver.received) places.set('a webhook', JSON.stringify(hook))
      for (const [name, value] of Object.entries(secrets)) {
        assert.ok(value.length >= 16, `${name} is long enough to be looked for`)
        for (const [place, text] of places) assert.ok(!text.includes(value), `${name} is in ${place}`)
      }
      assert.ok(!(places.get('the log') ?? '').includes(PROMPT), 'an input was logged')
      await stop()
    })
  })
}
