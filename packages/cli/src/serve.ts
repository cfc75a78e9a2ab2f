import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FirstAccount } from '@clipia/server/accounts/create-first-account'
import type { Server } from '@clipia/server/serve'
import type { Command } from 'commander'
import { listenForHangUp } from './hang-up.ts'
import { printLine } from './output/print.ts'
import { reportError } from './output/report-error.ts'
import { addInstallationFlags, readSettings } from './settings.ts'

import { welcome } from './welcome.ts'
import { holdYoungGeneration } from './young-generation.ts'

/** `clipia serve`: runs a node until it is told to stop. */
export function addServeCommand(cli: Command): void {
  addInstallationFlags(cli.command('serve').description('run the server (settings: flags or CLIPIA_* variables)'))
    .option('--host <address>', 'address to listen on (CLIPIA_HOST, default 127.0.0.1)')
    .option('--port <port>', 'port to listen on (CLIPIA_PORT, default 3000)')
    .option('--public-url <origin>', 'origin under which clients reach the API (CLIPIA_PUBLIC_URL)')
    .option('--media-url <url>', 'base URL of media (CLIPIA_MEDIA_URL)')
    .option('--models-dir <folder>', 'folder of further model files (CLIPIA_MODELS_DIR)')
    .option('--log-level <level>', 'fatal, error, warn, info, debug or silent (CLIPIA_LOG_LEVEL)')
    .action(async (flags: Record<string, unknown>) => {
      const config = readSettings(flags)
      const hangUp = listenForHangUp()
      const letItGrow = holdYoungGeneration()
      const { serve } = await import('@clipia/server/serve')
      const server = await serve(config).finally(letItGrow)
      if (server.firstAccount !== null) announce(server.firstAccount, server.url, config.dataDir)
      else printLine(`Clipia serves ${server.url} (reference: ${server.url}/docs)`)
      await offerSignIn(server)
      const stop = stopOnSignal(server.stop)
      hangUp.pass({ reload: server.reloadModels, stop })
    })
}

/** Secrets are printed to a terminal only; elsewhere they would end in a log, so a private file holds them. */
function announce(account: FirstAccount, url: string, dataDir: string): void {
  const text = welcome(account, url)
  if (process.stdout.isTTY) {
    printLine(text)
    return
  }
  const path = join(dataDir, 'first-start.txt')
  writeFileSync(path, `${text}\n`, { mode: 0o600 })
  printLine(`Clipia serves ${url}; the keys of its first account are in ${path}`)
}

/** Until the console has its first member, every start on a terminal shows a link to become one. */
async function offerSignIn(server: Server): Promise<void> {
  if (!process.stdout.isTTY) return
  const link = await server.makeFirstSignInLink()
  if (link !== null) printLine(`\nThe console, once, within ten minutes: ${link}`)
}

function stopOnSignal(close: () => Promise<void>): (end?: () => void) => void {
  let isStopping = false
  const stop = (end: () => void = () => process.exit(0)) => {
    // A second signal means: now.
    if (isStopping) process.exit(1)
    isStopping = true
    close().then(end, (error: unknown) => {
      reportError(error)
      process.exit(1)
    })
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop())
  return stop
}
