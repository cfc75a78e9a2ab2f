#!/usr/bin/env node
// The command as npm has it: all that talks to a server, and not the server.
import type { Command } from 'commander'
import { runCli } from './run-cli.ts'

function addStandIns(cli: Command): void {
  for (const name of ['serve', 'admin']) {
    cli
      .command(name, { hidden: true })
      .allowUnknownOption()
      .allowExcessArguments()
      .helpOption(false)
      .action(() => {
        throw new Error(
          `${name} is not in this package: the server ships as a clone of the project or as a container, whose clipia has it`,
        )
      })
  }
}

await runCli(process.argv, addStandIns)
