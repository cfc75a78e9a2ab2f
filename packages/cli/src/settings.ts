import { type Config, readConfig } from '@clipia/server/config'
import type { SettingName } from '@clipia/server/settings/settings'
import type { Command } from 'commander'

const FLAGS: Readonly<Record<string, SettingName>> = {
  host: 'CLIPIA_HOST',
  port: 'CLIPIA_PORT',
  dataDir: 'CLIPIA_DATA_DIR',
  databaseUrl: 'CLIPIA_DATABASE_URL',
  publicUrl: 'CLIPIA_PUBLIC_URL',
  mediaUrl: 'CLIPIA_MEDIA_URL',
  modelsDir: 'CLIPIA_MODELS_DIR',
  enginesDir: 'CLIPIA_ENGINES_DIR',
  logLevel: 'CLIPIA_LOG_LEVEL',
}

/** Reads the settings: flags win over the environment. Throws one error that names every mistake. */
export function readSettings(flags: Readonly<Record<string, unknown>>): Config {
  // biome-ignore lint/style/noProcessEnv: the one place where the environment enters the program
  const environment: Record<string, string | undefined> = { ...process.env }
  for (const [flag, name] of Object.entries(FLAGS)) {
    if (typeof flags[flag] === 'string') environment[name] = flags[flag]
  }
  return readConfig(environment)
}

/** Adds the flags that say which installation a command is about. */
export function addInstallationFlags(command: Command): Command {
  return command
    .option('--data-dir <folder>', 'folder of the database, media and secret key (CLIPIA_DATA_DIR)')
    .option('--database-url <url>', 'postgres:// URL instead of SQLite (CLIPIA_DATABASE_URL)')
}
