import { VERSION } from '@clipia/server/version'
import { Command } from 'commander'
import { addClientCommands } from './client/add-client-commands.ts'
import { reportError } from './output/report-error.ts'
import { addServeCommand } from './serve.ts'

const OPERATE = 'Operate:'

/** Builds the `clipia` command. What a command needs is loaded when it runs, so that each starts fast. */
async function createCli(argv: readonly string[]): Promise<Command> {
  const cli = new Command('clipia')
    .description('Clipia: a self-hostable gateway for AI media generation')
    .version(VERSION)
    .showHelpAfterError('(see --help)')
    // Flags belong to the command they follow: `admin keys revoke --key` is not the API key.
    .enablePositionalOptions()
  addClientCommands(cli)
  cli.commandsGroup(OPERATE).helpCommand('help [command]', 'how to use a command')
  addServeCommand(cli)
  const admin = cli
    .command('admin')
    .description('administer the database of this installation, beside a running server')
  if (argv.includes('admin')) {
    const { addAdminCommands } = await import('./add-admin-commands.ts')
    addAdminCommands(admin)
  }
  return cli
}

/** Runs the command line; every failure becomes one line on stderr and exit code 1. */
export async function runCli(argv: readonly string[]): Promise<void> {
  try {
    const cli = await createCli(argv)
    await cli.parseAsync([...argv])
  } catch (error) {
    reportError(error)
  }
}
