import { listAccounts } from '@clipia/server/accounts/list-accounts'
import { createOwnerLink, createRecoveryLink } from '@clipia/server/members/create-link'
import { linkUrl } from '@clipia/server/members/link-url'
import type { Command } from 'commander'
import { printJson, printLine, toTime } from '../output/print.ts'
import { adminCommand, type Flags, textOf } from './admin-command.ts'
import { withDatabase } from './with-database.ts'

/** `clipia admin sign-in-link`: how the first owner, or who lost a password, gets into the console. */
export function addSignInLinkCommand(admin: Command): void {
  adminCommand(admin, 'sign-in-link', 'make a one-time link into the console, valid for ten minutes')
    .option('--account <id>', 'account whose owner it makes (default: the oldest)')
    .option('--email <email>', 'instead, let this user choose another password')
    .action((flags: Flags) =>
      withDatabase(flags, async (administration) => {
        const { config, database } = administration
        const email = textOf(flags, 'email')
        const accountId = textOf(flags, 'account') ?? (await listAccounts(database))[0]?.accountId ?? ''
        const { token, expiresAt } =
          email === undefined
            ? await createOwnerLink(administration, accountId)
            : await createRecoveryLink(administration, email)
        const url = linkUrl(config.publicUrl ?? `http://${config.host}:${config.port}`, token)
        if (flags.json) printJson({ url, expires_at: toTime(expiresAt) })
        else printLine(url)
      }),
    )
}
