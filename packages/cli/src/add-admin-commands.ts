import type { Command } from 'commander'
import { addAccountsCommands } from './admin/accounts.ts'
import { addAuditCommand } from './admin/audit.ts'
import { addCreditsCommands } from './admin/credits.ts'
import { addEnginesCommands } from './admin/engines.ts'
import { addKeysCommands } from './admin/keys.ts'
import { addModelsCommands } from './admin/models.ts'
import { addSignInLinkCommand } from './admin/sign-in-link.ts'
import { addUpstreamUsageCommand } from './admin/upstream-usage.ts'
import { addWebhooksCommands } from './admin/webhooks.ts'

/** Adds what an operator does beside a running server; it loads the database. */
export function addAdminCommands(admin: Command): void {
  addAccountsCommands(admin)
  addKeysCommands(admin)
  addCreditsCommands(admin)
  addAuditCommand(admin)
  addModelsCommands(admin)
  addEnginesCommands(admin)
  addSignInLinkCommand(admin)
  addUpstreamUsageCommand(admin)
  addWebhooksCommands(admin)
}
