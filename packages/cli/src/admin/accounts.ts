import { createAccount } from '@clipia/server/accounts/create-account'
import { listAccounts } from '@clipia/server/accounts/list-accounts'
import { toCredits } from '@clipia/server/credits/amount'
import type { Command } from 'commander'
import { printJson, printLine, printTable, toTime } from '../output/print.ts'
import { adminCommand, type Flags, textOf } from './admin-command.ts'
import { withDatabase } from './with-database.ts'

/** `clipia admin accounts create | list` */
export function addAccountsCommands(admin: Command): void {
  const accounts = admin.command('accounts').description('accounts and their balances')
  adminCommand(accounts, 'create', 'create an account with no credits')
    .requiredOption('--name <name>', 'name for people')
    .action((flags: Flags) =>
      withDatabase(flags, async (administration) => {
        const id = await createAccount(administration, textOf(flags, 'name') ?? '')
        if (flags.json) printJson({ id })
        else printLine(`created account ${id}`)
      }),
    )
  adminCommand(accounts, 'list', 'list all accounts').action((flags: Flags) =>
    withDatabase(flags, async ({ database }) => {
      const rows = (await listAccounts(database)).map(({ accountId, name, balance, reserved, createdAt }) => ({
        id: accountId,
        name,
        credits: toCredits(balance),
        reserved: toCredits(reserved),
        created_at: toTime(createdAt),
      }))
      if (flags.json) printJson(rows)
      else
        printTable(
          ['id', 'name', 'credits', 'reserved', 'created'],
          rows.map((row) => Object.values(row)),
        )
    }),
  )
}
