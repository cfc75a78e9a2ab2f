import { CatalogueError, describeMistake } from '@clipia/server/catalogue/catalogue-error'
import { modelFolders } from '@clipia/server/catalogue/folders'
import { loadCatalogue } from '@clipia/server/catalogue/load-catalogue'
import type { Command } from 'commander'
import { printJson, printLine } from '../output/print.ts'
import { readSettings } from '../settings.ts'
import { adminCommand, type Flags } from './admin-command.ts'

/** `clipia admin models check` */
export function addModelsCommands(admin: Command): void {
  const models = admin.command('models').description('model files')
  adminCommand(models, 'check', 'check every model file; mistakes are printed with file and line')
    .option('--models-dir <folder>', 'folder of further model files (CLIPIA_MODELS_DIR)')
    .action((flags: Flags) => {
      const { modelsDir } = readSettings(flags)
      const folders = modelFolders(modelsDir)
      try {
        const count = loadCatalogue(folders).list().length
        if (flags.json) printJson({ ok: true, models: count, mistakes: [] })
        else printLine(`${count} models, no mistakes`)
      } catch (error) {
        if (!(error instanceof CatalogueError)) throw error
        process.exitCode = 1
        if (flags.json) printJson({ ok: false, mistakes: error.mistakes })
        else for (const mistake of error.mistakes) printLine(describeMistake(mistake))
      }
    })
}
