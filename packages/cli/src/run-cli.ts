import { Command } from 'commander'
import { addClientCommands } from './client/add-client-commands.ts'
import { reportError } from './output/report-error.ts'
import { VERSION } from './version.ts'

const OPERATE = 'Operate:'

/** Adds the commands under the heading `Operate:`; told the command line, so that it loads only what that needs. */
export type AddOperatorCommands = (cli: Command, argv: readonly string[]) => Promise<void> | void

/**
 * Runs the command line; every failure becomes one line on stderr and exit code 1. What a command needs is loaded when it
 * runs, so that each starts fast.
 */
export async function runCli(argv: readonly string[], addOperatorCommands: AddOperatorCommands): Promise<void> {
  try {
    const cli = new Command('clipia')
      .description('Clipia: a self-hostable gateway for AI media generation')
      .version(VERSION)
      .showHelpAfterError('(see --help)')
      // Flags belong to the command they follow: `admin keys revoke --key` is not the API key.
      .enablePositionalOptions()
    addClientCommands(cli)
    cli.commandsGroup(OPERATE).helpCommand('help [command]', 'how to use a command')
    await addOperatorCommands(cli, argv)
    await cli.parseAsync([...argv])
  } catch (error) {
    reportError(error)
  }
}
