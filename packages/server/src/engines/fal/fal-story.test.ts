import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describeStory } from '../testing/describe-story.ts'
import { FAL_WIRE, ID, PICTURE_URL } from './testing/fal-wire.ts'

const keys = generateKeyPairSync('ed25519')

describeStory({
  wire: FAL_WIRE,
  engine: 'fal',
  environment: (url) => ({ FAL_KEY: 'id:secret-of-fal', FAL_BASE_URL: url }),
  placeholder: { kind: 'url', text: PICTURE_URL },
  cancels: 'always',
  lostStart: 'heard of',
  verification: {
    target: '/.well-known/jwks.json',
    reply: { status: 200, body: { keys: [keys.publicKey.export({ format: 'jwk' })] } },
  },
  callBack(nowMs) {
    const payload = { images: [{ url: 'https://evil.example/x.png' }] }
    const body = JSON.stringify({ request_id: ID, gateway_request_id: 'its-own', status: 'OK', payload })
    const headers = {
      'x-fal-webhook-request-id': ID,
      'x-fal-webhook-user-id': 'u-1',
      'x-fal-webhook-timestamp': String(Math.floor(nowMs / 1000)),
    }
    const lines = [...Object.values(headers), createHash('sha256').update(body).digest('hex')].join('\n')
    const signature = sign(null, Buffer.from(lines), keys.privateKey).toString('hex')
    return { headers: { ...headers, 'x-fal-webhook-signature': signature }, body }
  },
})
