import type { KEY_OPERATIONS, Key } from '@clipia/contract'
import { toCredits, toMicro } from '../../../credits/amount.ts'
import { ClipiaError } from '../../../errors.ts'
import { createKey } from '../../../keys/create-key.ts'
import { findKeyOf, type KeyDetails, listKeysOf } from '../../../keys/list-keys-of.ts'
import { renameKey } from '../../../keys/rename-key.ts'
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
      const { key, keyId } = await createKey(services, {
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
      })
      return { body: { key, key_id: keyId } }
    },
    updateKey: async ({ member, params, body }) => {
      const { keyId } = await findKeyOf(database, member.accountId, params.id)
      if (body.name !== undefined) await renameKey(database, keyId, body.name)
      await updateKey(database, keyId, { requestsPerMinute: body.requests_per_minute, concurrency: body.concurrency })
      return { status: 204, body: null }
    },
    revokeKey: async ({ member, params }) => {
      const { keyId } = await findKeyOf(database, member.accountId, params.id)
      await revokeKey(database, clock, keyId)
      return { status: 204, body: null }
    },
    rotateKey: async ({ member, params, body }) => {
      const old = await findKeyOf(database, member.accountId, params.id)
      const { key, keyId } = await rotateKey(services, old, body.grace_seconds * 1000)
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
    quote_above: key.quoteThreshold,
    scenario: key.scenario,
    spent: toCredits(key.spent),
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
