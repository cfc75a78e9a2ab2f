import { describeMistake } from '@clipia/server/catalogue/catalogue-error'
import { EngineFilesError, loadDescribedEngines } from '@clipia/server/engines/generic/load-definitions'
import { PROVIDERS } from '@clipia/server/engines/providers'
import type { Command } from 'commander'
import { printJson, printLine, printTable } from '../output/print.ts'
import { readSettings } from '../settings.ts'
import { adminCommand, type Flags } from './admin-command.ts'

/** `clipia admin engines check`: which engines are set up here, and every mistake in engine files. */
export function addEnginesCommands(admin: Command): void {
  const engines = admin.command('engines').description('engines, and files that describe them')
  adminCommand(engines, 'check', 'show which engines are set up, and check every engine file')
    .option('--engines-dir <folder>', 'folder of engine files (CLIPIA_ENGINES_DIR)')
    .action((flags: Flags) => {
      const config = readSettings(flags)
      try {
        const described = loadDescribedEngines(config).map(({ definition, baseUrl }) => ({
          engine: definition.name,
          set_up: true,
          base_url: baseUrl,
        }))
        const rows = PROVIDERS.map(({ name, baseUrl }) => {
          const provider = config.providers.get(name)
          return { engine: name, set_up: provider !== undefined, base_url: provider?.baseUrl ?? baseUrl }
        })
        const all = [...rows, ...described]
        if (flags.json) printJson({ ok: true, engines: all, mistakes: [] })
        else
          printTable(
            ['engine', 'set up', 'base url'],
            all.map((row) => [row.engine, row.set_up ? 'yes' : 'no', row.base_url]),
          )
      } catch (error) {
        if (!(error instanceof EngineFilesError)) throw error
        process.exitCode = 1
        if (flags.json) printJson({ ok: false, mistakes: error.mistakes })
        else for (const mistake of error.mistakes) printLine(describeMistake(mistake))
      }
    })
}
