import { toCredits, toMicro } from '@clipia/server/credits/amount'
import { grantCredits } from '@clipia/server/credits/grant-credits'
import { listLedger } from '@clipia/server/credits/list-ledger'
import type { Command } from 'commander'
import { printJson, printLine, printTable, toTime } from '../output/print.ts'
import { adminCommand, type Flags, integerOf, textOf } from './admin-command.ts'
import { withDatabase } from './with-database.ts'

/** `clipia admin credits grant | ledger` */
export function addCreditsCommands(admin: Command): void {
  const credits = admin.command('credits').description('credits and the ledger')
  adminCommand(credits, 'grant', 'give an account credits')
    .requiredOption('--account <id>', 'account that gets them')
    .requiredOption('--credits <number>', 'whole credits, more than 0')
    .option('--reference <text>', 'an order number, say; each can be booked once')
    .option('--note <text>', 'for people')
    .action((flags: Flags) =>
      withDatabase(flags, async ({ database, clock }) => {
        const accountId = textOf(flags, 'account') ?? ''
        const amount = toMicro(integerOf(flags, 'credits') ?? 0)
        const reference = textOf(flags, 'reference')
        const balance = toCredits(
          await grantCredits(database, clock, { accountId, amount, reference, note: textOf(flags, 'note') }),
        )
        if (flags.json) printJson({ account: accountId, granted: toCredits(amount), balance })
        else printLine(`granted ${toCredits(amount)} credits; the balance is ${balance}`)
      }),
    )
  adminCommand(credits, 'ledger', 'list every movement of credits of an account')
    .requiredOption('--account <id>', 'account to list')
    .action((flags: Flags) =>
      withDatabase(flags, async ({ database }) => {
        const rows = (await listLedger(database, textOf(flags, 'account') ?? '')).map((entry) => ({
          seq: entry.seq,
          time: toTime(entry.createdAt),
          kind: entry.kind,
          credits: toCredits(entry.amount),
          balance_after: toCredits(entry.balanceAfter),
          request_id: entry.requestId,
          reference: entry.reference,
          note: entry.note,
        }))
        if (flags.json) printJson(rows)
        else
          printTable(
            Object.keys(rows[0] ?? { seq: '' }),
            rows.map((row) => Object.values(row)),
          )
      }),
    )
}
