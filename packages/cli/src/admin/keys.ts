import type { Mode, Scope } from '@clipia/contract/operation'
import { SANDBOX_SCENARIOS, type SandboxScenario } from '@clipia/contract/scenarios'
import { toCredits, toMicro } from '@clipia/server/credits/amount'
import { createKey } from '@clipia/server/keys/create-key'
import { listKeys } from '@clipia/server/keys/list-keys'
import { revokeKey } from '@clipia/server/keys/revoke-key'
import type { Command } from 'commander'
import { printJson, printLine, printTable, toTime } from '../output/print.ts'
import { adminCommand, type Flags, integerOf, textOf } from './admin-command.ts'
import { addKeyChangeCommands } from './key-changes.ts'
import { withDatabase } from './with-database.ts'

/** `clipia admin keys create | list | update | history | revoke` */
export function addKeysCommands(admin: Command): void {
  const keys = admin.command('keys').description('API keys')
  adminCommand(keys, 'create', 'create an API key; it is printed once')
    .requiredOption('--account <id>', 'account it belongs to')
    .requiredOption('--mode <mode>', 'live or test')
    .option('--name <name>', 'name for people')
    .option('--scopes <scopes>', 'generate, read, or both separated by a comma (default both)')
    .option('--rpm <number>', 'requests a minute (default 120)')
    .option('--concurrency <number>', 'generations at once (default 10)')
    .option('--budget <credits>', 'credits it may spend in all (default no limit)')
    .option('--quote-above <credits>', 'a price above it needs a quote of an estimate (default never)')
    .option('--scenario <name>', `what the sandbox plays for a test key: ${SANDBOX_SCENARIOS.join(', ')}`)
    .option('--expires <time>', 'ISO 8601 time after which it opens nothing (default never)')
    .action((flags: Flags) =>
      withDatabase(flags, async (administration) => {
        const budget = integerOf(flags, 'budget')
        const { keyId, key } = await createKey(administration, {
          accountId: textOf(flags, 'account') ?? '',
          mode: textOf(flags, 'mode') as Mode,
          name: textOf(flags, 'name'),
          scopes: textOf(flags, 'scopes')
            ?.split(',')
            .map((scope) => scope.trim() as Scope),
          requestsPerMinute: integerOf(flags, 'rpm'),
          concurrency: integerOf(flags, 'concurrency'),
          budget: budget === undefined ? undefined : toMicro(budget),
          quoteThreshold: integerOf(flags, 'quote-above'),
          scenario: textOf(flags, 'scenario') as SandboxScenario | undefined,
          expiresAt: parseTime(textOf(flags, 'expires')),
        })
        if (flags.json) printJson({ id: keyId, key })
        else printLine(`created key ${keyId}\n${key}\nThe key is shown this once.`)
      }),
    )
  adminCommand(keys, 'list', 'list keys; the secrets are not stored and cannot be shown')
    .option('--account <id>', 'of this account only')
    .action((flags: Flags) =>
      withDatabase(flags, async ({ database }) => {
        const rows = (await listKeys(database, textOf(flags, 'account') ?? null)).map((key) => ({
          id: key.keyId,
          account: key.accountId,
          name: key.name,
          mode: key.mode,
          prefix: key.prefix,
          scopes: key.scopes,
          scenario: key.scenario,
          rpm: key.requestsPerMinute,
          concurrency: key.concurrency,
          budget: key.budget === null ? null : toCredits(key.budget),
          spent: toCredits(key.spent),
          quote_above: key.quoteThreshold,
          created_at: toTime(key.createdAt),
          expires_at: toTime(key.expiresAt),
          revoked_at: toTime(key.revokedAt),
        }))
        if (flags.json) printJson(rows)
        else
          printTable(
            Object.keys(rows[0] ?? { id: '' }),
            rows.map((row) => Object.values(row)),
          )
      }),
    )
  addKeyChangeCommands(keys)
  adminCommand(keys, 'revoke', 'revoke a key at once')
    .requiredOption('--key <id>', 'id of the key')
    .action((flags: Flags) =>
      withDatabase(flags, async (administration) => {
        const id = textOf(flags, 'key') ?? ''
        await revokeKey(administration, id)
        if (flags.json) printJson({ id, revoked: true })
        else printLine(`revoked key ${id}`)
      }),
    )
}

function parseTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new Error(`--expires must be an ISO 8601 time, such as 2027-01-31T00:00:00Z`)
  return time
}
