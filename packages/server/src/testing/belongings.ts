import assert from 'node:assert/strict'
import { type Browser, signInAsOwner } from './console-session.ts'
import type { Machine } from './machine.ts'
import { makePng } from './pictures.ts'
import { upload } from './upload.ts'

/** What an account has, by the kind of thing an id names in a path. */
export interface Belongings {
  accountId: string
  requests: string
  deliveries: string
  files: string
  keys: string
  members: string
  sessions: string
}

/** An owner in a browser, and all an account of theirs has. */
export interface Owned {
  browser: Browser
  ids: Belongings
}

/** Gives the test's account one thing of each kind, in live mode, and signs its owner in. */
export async function makeBelongings(test: Machine): Promise<Owned> {
  const browser = await signInAsOwner(test, { email: 'owner@example.com' })
  const { body } = await test.call('POST', '/v1/models/remote-1', {
    body: { input: { prompt: 'x' }, webhook_url: 'https://hooks.example.com/' },
  })
  const requests = String(body.request_id)
  // Over, so that it can be deleted and its webhook exists.
  await test.call('POST', `/v1/requests/${requests}/cancel`)
  const deliveries = (await test.call('GET', `/v1/requests/${requests}/deliveries`)).body.data[0].delivery_id
  const files = (await upload(test, await makePng(8, 8))).body.file_id
  const keys = (await browser.call('POST', '/keys', { name: 'mine', mode: 'live' })).body.key_id
  const { session_id: sessions, user } = (await browser.call('GET', '/session')).body
  const ids = { accountId: test.accountId, requests, deliveries, files, keys, members: user.user_id, sessions }
  for (const [kind, id] of Object.entries(ids)) assert.match(String(id), /^[0-9a-f-]{36}$/, kind)
  return { browser, ids }
}
