import { MODES, type Mode } from '@clipia/contract/operation'
import { sampleOutput } from '@clipia/server/engines/sandbox/samples'
import { toOutput } from '@clipia/server/http/output'
import { createSafePost } from '@clipia/server/network/safe-post'
import { createSealer } from '@clipia/server/secrets/sealer'
import { getSecrets } from '@clipia/server/webhooks/get-secrets'
import { promoteSecret, rotateSecret } from '@clipia/server/webhooks/rotate-secret'
import {
  type SecretDependencies,
  type SecretOwner,
  WEBHOOK_SECRETS,
  type WebhookSecrets,
} from '@clipia/server/webhooks/secret-row'
import { sendTestEvent, type TestEvent } from '@clipia/server/webhooks/send-test-event'
import type { Command } from 'commander'
import { printJson, printLine, toTime } from '../output/print.ts'
import { adminCommand, type Flags, textOf } from './admin-command.ts'
import { type Administration, withDatabase } from './with-database.ts'

/** `clipia admin webhooks secret | test` */
export function addWebhooksCommands(admin: Command): void {
  const webhooks = admin.command('webhooks').description('signing secrets of webhooks, and trying a receiver')
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
  adminCommand(webhooks, 'test', "send a made-up event, signed as the account's are; exit code 1 unless it is taken")
    .requiredOption('--account <id>', 'account whose secret signs it')
    .requiredOption('--mode <mode>', 'live or test')
    .requiredOption('--url <url>', 'where it goes; private hosts by CLIPIA_WEBHOOK_ALLOW_PRIVATE only')
    .option('--public-url <origin>', 'origin of the media it names (CLIPIA_PUBLIC_URL)')
    .action((flags: Flags) =>
      withDatabase(flags, async (administration) => {
        const { config } = administration
        const post = createSafePost(config.webhookAllowPrivate)
        const mediaUrl = config.mediaUrl ?? `${config.publicUrl ?? `http://${config.host}:${config.port}`}/media/`
        const event = { url: textOf(flags, 'url') ?? '', output: toOutput(sampleOutput('image'), mediaUrl) }
        const of = { ...secretDependencies(administration), post }
        printTestEvent(await sendTestEvent(of, ownerOf(flags), event), flags)
      }),
    )
}

function printTestEvent({ deliveryId, requestId, status, error, latencyMs, response }: TestEvent, flags: Flags): void {
  if (error !== null) process.exitCode = 1
  if (flags.json) {
    const ids = { delivery_id: deliveryId, request_id: requestId }
    printJson({ ok: error === null, status, latency_ms: latencyMs, error, response, ...ids })
  } else {
    printLine(error === null ? `taken with status ${status} after ${latencyMs} ms` : `not taken: ${error}`)
  }
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
