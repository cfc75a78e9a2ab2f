import type { KEY_OPERATIONS, Key } from '@clipia/contract'
import { toCredits, toMicro } from '../../../credits/amount.ts'
import { ClipiaError } from '../../../errors.ts'
import { createKey } from '../../../keys/create-key.ts'
import { listChanges } from '../../../keys/list-changes.ts'
import { findKeyOf, type KeyDetails, listKeysOf } from '../../../keys/list-keys-of.ts'
import { revokeKey } from '../../../keys/revoke-key.ts'
import { rotateKey } from '../../../keys/rotate-key.ts'
import { updateKey } from '../../../keys/update-key.ts'
import type { Services } from '../../services.ts'
import type { ConsoleHandlers } from '../console-handler.ts'

/** The account's API keys. */
export function keyRoutes(services: Services): Pick<ConsoleHandlers, keyof typeof KEY_OPERATIONS> {
  const { database, clock } = services
  return {
    listKeys: async ({ member }) => ({
      body: { data: (await listKeysOf(database, member.accountId)).map(toWire) },
    }),
    createKey: async ({ member, body }) => {
      const wanted = {
        accountId: member.accountId,
        mode: body.mode,
        name: body.name,
        scopes: body.scopes,
        requestsPerMinute: body.requests_per_minute,
        concurrency: body.concurrency,
        budget: body.budget === undefined ? undefined : toMicro(body.budget),
        quoteThreshold: body.quote_above,
        scenario: body.scenario,
        allowedModels: checkModels(services, body.allowed_models),
        expiresAt: readTime(body.expires_at, clock.now()),
      }
      const { key, keyId } = await createKey(services, wanted, member.email)
      return { body: { key, key_id: keyId } }
    },
    updateKey: async ({ member, params, body }) => {
      const { keyId } = await findKeyOf(database, member.accountId, params.id)
      const limits = {
        name: body.name,
        requestsPerMinute: body.requests_per_minute,
        concurrency: body.concurrency,
        budget: typeof body.budget === 'number' ? toMicro(body.budget) : body.budget,
        quoteThreshold: body.quote_above,
        scenario: body.scenario,
      }
      await updateKey(services, keyId, limits, member.email)
      return { status: 204, body: null }
    },
    listKeyChanges: async ({ member, params }) => {
      const { keyId } = await findKeyOf(database, member.accountId, params.id)
      return { body: { data: await listChanges(database, keyId) } }
    },
    revokeKey: async ({ member, params }) => {
      const { keyId } = await findKeyOf(database, member.accountId, params.id)
      await revokeKey(services, keyId, member.email)
      return { status: 204, body: null }
    },
    rotateKey: async ({ member, params, body }) => {
      const old = await findKeyOf(database, member.accountId, params.id)
      const { key, keyId } = await rotateKey(services, old, body.grace_seconds * 1000, member.email)
      return { body: { key, key_id: keyId } }
    },
  }
}

function toWire(key: KeyDetails): Key {
  const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return {
    key_id: key.keyId,
    name: key.name,
    mode: key.mode,
    prefix: key.prefix,
    scopes: [...key.scopes],
    requests_per_minute: key.requestsPerMinute,
    concurrency: key.concurrency,
    budget: key.budget === null ? null : toCredits(key.budget),
    spent: toCredits(key.spent),
    quote_above: key.quoteThreshold,
    scenario: key.scenario,
    allowed_models: key.allowedModels === null ? null : [...key.allowedModels],
    created_at: new Date(key.createdAt).toISOString(),
    expires_at: time(key.expiresAt),
    revoked_at: time(key.revokedAt),
    last_used_at: time(key.lastUsedAt),
  }
}

function readTime(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined
  const ms = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(ms) || ms <= nowMs) {
    throw new ClipiaError('invalid_request', 'expires_at must be an ISO 8601 time in the future.', {
      param: 'expires_at',
    })
  }
  return ms
}

/** A slug that is in no catalogue would make a key that opens nothing, found out much later. */
function checkModels({ catalogue }: Services, slugs: readonly string[] | undefined): readonly string[] | undefined {
  const unknown = slugs?.find((slug) => catalogue().find(slug) === null)
  if (unknown !== undefined) {
    throw new ClipiaError('invalid_request', `There is no model ${unknown}.`, { param: 'allowed_models' })
  }
  return slugs
}
