import { listUpstreamUsage } from '@clipia/server/generations/list-upstream-usage'
import type { Command } from 'commander'
import { printJson, printTable } from '../output/print.ts'
import { adminCommand, type Flags, integerOf } from './admin-command.ts'
import { withDatabase } from './with-database.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** `clipia admin upstream-usage`: what providers said they charge, by engine, model and unit. */
export function addUpstreamUsageCommand(admin: Command): void {
  adminCommand(admin, 'upstream-usage', 'what providers said they charge you, by model')
    .option('--days <days>', 'how far back', '30')
    .action((flags: Flags) =>
      withDatabase(flags, async ({ database, clock }) => {
        const sinceMs = clock.now() - (integerOf(flags, 'days') ?? 30) * DAY_MS
        const rows = await listUpstreamUsage(database, sinceMs)
        if (flags.json) printJson(rows)
        else
          printTable(
            ['engine', 'model', 'unit', 'amount', 'requests'],
            rows.map(({ engine, model, unit, amount, requests }) => [engine, model, unit, amount, requests]),
          )
      }),
    )
}
