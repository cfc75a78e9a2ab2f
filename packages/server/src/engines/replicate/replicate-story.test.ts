import { createHmac } from 'node:crypto'
import { describeStory } from '../testing/describe-story.ts'
import { ID, PICTURE_URL, REPLICATE_WIRE } from './testing/replicate-wire.ts'

const SECRET = Buffer.alloc(24, 5)

describeStory({
  wire: REPLICATE_WIRE,
  engine: 'replicate',
  environment: (url) => ({ REPLICATE_API_TOKEN: 'secret-of-replicate', REPLICATE_BASE_URL: url }),
  placeholder: { kind: 'url', text: PICTURE_URL },
  cancels: 'always',
  lostStart: 'heard of',
  verification: {
    target: '/webhooks/default/secret',
    reply: { status: 200, body: { key: `whsec_${SECRET.toString('base64')}` } },
  },
  callBack(nowMs) {
    const body = JSON.stringify({ id: ID, status: 'succeeded', output: ['https://evil.example/x.png'] })
    const timestamp = String(Math.floor(nowMs / 1000))
    const signature = createHmac('sha256', SECRET).update(`msg-1.${timestamp}.${body}`).digest('base64')
    const headers = { 'webhook-id': 'msg-1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
    return { headers, body }
  },
})
