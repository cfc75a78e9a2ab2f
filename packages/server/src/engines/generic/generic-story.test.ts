import { createHmac } from 'node:crypto'
import { describeStory } from '../testing/describe-story.ts'
import { ACME_FILE } from './testing/acme-file.ts'
import { acmeWire, CALLBACK_SECRET } from './testing/acme-wire.ts'

describeStory({
  wire: acmeWire(),
  engine: 'acme',
  engineFile: ACME_FILE,
  environment: (url) => ({
    ACME_API_KEY: 'secret-of-acme',
    ACME_BASE_URL: url,
    ACME_WEBHOOK_SECRET: CALLBACK_SECRET,
  }),
  placeholder: { kind: 'url', text: 'https://cdn.acme.example/1.png' },
  cancels: 'waiting',
  lostStart: 'found',
  callBack(nowMs) {
    const body = JSON.stringify({ job: { id: 'j/1' } })
    const timestamp = String(Math.floor(nowMs / 1000))
    const key = Buffer.from(CALLBACK_SECRET.slice('whsec_'.length), 'base64')
    const signature = createHmac('sha256', key).update(`m-1.${timestamp}.${body}`).digest('base64')
    const headers = { 'webhook-id': 'm-1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
    return { headers, body }
  },
})
