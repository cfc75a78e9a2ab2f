import { MODES, type Mode } from '@clipia/contract'
import { createSealer } from '@clipia/server/secrets/sealer'
import { getSecrets } from '@clipia/server/webhooks/get-secrets'
import { promoteSecret, rotateSecret } from '@clipia/server/webhooks/rotate-secret'
import {
  type SecretDependencies,
  type SecretOwner,
  WEBHOOK_SECRETS,
  type WebhookSecrets,
} from '@clipia/server/webhooks/secret-row'
import type { Command } from 'commander'
import { printJson, printLine, toTime } from '../output/print.ts'
import { adminCommand, type Flags, textOf } from './admin-command.ts'
import { type Administration, withDatabase } from './with-database.ts'

/** `clipia admin webhooks secret` */
export function addWebhooksCommands(admin: Command): void {
  const webhooks = admin.command('webhooks').description('signing secrets of webhooks')
  adminCommand(webhooks, 'secret', 'show what webhooks of an account are signed with, or change it')
    .requiredOption('--account <id>', 'account whose webhooks')
    .requiredOption('--mode <mode>', 'live or test; each has a secret of its own')
    .option('--rotate', 'make a next secret; it becomes the current one after 24 hours, or when promoted')
    .option('--promote', 'make the next secret the current one now')
    .action((flags: Flags) =>
      withDatabase(flags, async (administration) => {
        const shown = await runSecret(secretDependencies(administration), ownerOf(flags), flags)
        if (flags.json) printJson(shown)
        else for (const [name, value] of Object.entries(shown)) printLine(`${name}: ${value}`)
      }),
    )
}

/** The secret that was asked for or made; during a rotation also the other one. */
async function runSecret(of: SecretDependencies, owner: SecretOwner, flags: Flags): Promise<Record<string, string>> {
  if (flags.rotate && flags.promote) throw new Error('--rotate and --promote exclude each other')
  if (flags.promote) return { secret: (await promoteSecret(of, owner)).current }
  if (flags.rotate) {
    const { current, next, nextFrom } = await rotateSecret(of, owner)
    return { secret: next ?? current, becomes_current_at: toTime(nextFrom) ?? '', current_secret: current }
  }
  return describe(await getSecrets(of, owner))
}

function describe({ current, next, nextFrom }: WebhookSecrets): Record<string, string> {
  return next === null
    ? { secret: current }
    : { secret: current, next_secret: next, next_becomes_current_at: toTime(nextFrom) ?? '' }
}

function secretDependencies(administration: Administration): SecretDependencies {
  return { ...administration, webhookSealer: createSealer(administration.secretKey.derive(WEBHOOK_SECRETS)) }
}

function ownerOf(flags: Flags): SecretOwner {
  const mode = textOf(flags, 'mode') as Mode
  if (!MODES.includes(mode)) throw new Error('--mode must be live or test')
  return { accountId: textOf(flags, 'account') ?? '', mode }
}
