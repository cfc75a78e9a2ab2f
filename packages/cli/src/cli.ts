import type { Command } from 'commander'
import { runCli } from './run-cli.ts'
import { addServeCommand } from './serve.ts'

/** Runs the command of a clone or a container, which holds the server too. */
export function runServerCli(argv: readonly string[]): Promise<void> {
  return runCli(argv, addOperatorCommands)
}

async function addOperatorCommands(cli: Command, argv: readonly string[]): Promise<void> {
  addServeCommand(cli)
  const admin = cli
    .command('admin')
    .description('administer the database of this installation, beside a running server')
  if (!argv.includes('admin')) return
  const { addAdminCommands } = await import('./add-admin-commands.ts')
  addAdminCommands(admin)
}
