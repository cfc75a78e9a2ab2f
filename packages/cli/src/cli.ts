import { VERSION } from '@clipia/server/version'
import { Command } from 'commander'
import { addAccountsCommands } from './admin/accounts.ts'
import { addAuditCommand } from './admin/audit.ts'
import { addCreditsCommands } from './admin/credits.ts'
import { addKeysCommands } from './admin/keys.ts'
import { addModelsCommands } from './admin/models.ts'
import { addSignInLinkCommand } from './admin/sign-in-link.ts'
import { addWebhooksCommands } from './admin/webhooks.ts'
import { reportError } from './output/report-error.ts'
import { addServeCommand } from './serve.ts'

/** Builds the `clipia` command. */
function createCli(): Command {
  const cli = new Command('clipia')
    .description('Clipia: a self-hostable gateway for AI media generation')
    .version(VERSION)
    .showHelpAfterError('(see --help)')
  addServeCommand(cli)
  const admin = cli
    .command('admin')
    .description('administer the database of this installation, beside a running server')
  addAccountsCommands(admin)
  addKeysCommands(admin)
  addCreditsCommands(admin)
  addAuditCommand(admin)
  addModelsCommands(admin)
  addSignInLinkCommand(admin)
  addWebhooksCommands(admin)
  return cli
}

/** Runs the command line; every failure becomes one line on stderr and exit code 1. */
export async function runCli(argv: readonly string[]): Promise<void> {
  try {
    await createCli().parseAsync([...argv])
  } catch (error) {
    reportError(error)
  }
}
