import Type, { type Static } from 'typebox'
import type { Operation } from '../operation.ts'
import { mode } from './insight.ts'
import { optionalTime } from './parameters.ts'

/** What webhooks of a mode are signed with. */
export const WebhookSecret = Type.Object(
  {
    secret: Type.String({ description: 'The current secret: whsec_ and base64 of 32 bytes.' }),
    next_secret: Type.Union([Type.String(), Type.Null()], {
      description: 'During a rotation: the secret to come, which webhook-signature carries too.',
    }),
    next_from: optionalTime('When the next secret becomes the current one.'),
  },
  { title: 'WebhookSecret' },
)
export type WebhookSecret = Static<typeof WebhookSecret>

/** What came of a test event. */
export const WebhookTest = Type.Object(
  {
    is_delivered: Type.Boolean({ description: 'Whether the receiver took it.' }),
    status: Type.Union([Type.Integer(), Type.Null()], { description: 'HTTP status it answered with.' }),
    error: Type.Union([Type.String(), Type.Null()], { description: 'Why it was not taken.' }),
    latency_ms: Type.Integer({ minimum: 0, description: 'Milliseconds until the answer.' }),
    response: Type.Union([Type.String(), Type.Null()], { description: 'The first 1 KB of the answer.' }),
  },
  { title: 'WebhookTest' },
)
export type WebhookTest = Static<typeof WebhookTest>

const SECRET = { 200: { description: 'The secrets.', schema: WebhookSecret } }

/** Secrets of webhooks, and trying a receiver. */
export const WEBHOOK_OPERATIONS = {
  getWebhookSecret: {
    method: 'GET',
    path: '/console/v1/{mode}/webhooks/secret',
    tag: 'Console',
    summary: 'Get the webhook secret',
    description: 'What the account’s webhooks of this mode are signed with.',
    auth: 'session',
    params: { mode },
    answers: SECRET,
    errors: [],
  },
  rotateWebhookSecret: {
    method: 'POST',
    path: '/console/v1/{mode}/webhooks/secret/rotate',
    tag: 'Console',
    summary: 'Rotate the webhook secret',
    description: 'Makes a next secret, which becomes the current one after 24 hours or when it is promoted.',
    auth: 'session',
    params: { mode },
    answers: SECRET,
    errors: [],
  },
  promoteWebhookSecret: {
    method: 'POST',
    path: '/console/v1/{mode}/webhooks/secret/promote',
    tag: 'Console',
    summary: 'Promote the next webhook secret',
    description: 'Makes the next secret the current one at once; the old one signs nothing any more.',
    auth: 'session',
    params: { mode },
    answers: SECRET,
    errors: ['invalid_request'],
  },
  testWebhook: {
    method: 'POST',
    path: '/console/v1/{mode}/webhooks/test',
    tag: 'Console',
    summary: 'Send a test event',
    description: 'Sends a made-up completed request once, signed as the account’s webhooks are.',
    auth: 'session',
    params: { mode },
    body: Type.Object(
      { url: Type.String({ minLength: 1, maxLength: 2048, description: 'Absolute http(s) URL of the receiver.' }) },
      { title: 'TestWebhookBody', additionalProperties: false },
    ),
    answers: { 200: { description: 'What came of it.', schema: WebhookTest } },
    errors: ['invalid_request'],
  },
} as const satisfies Record<string, Operation>
