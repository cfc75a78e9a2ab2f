import { auditDatabase } from '@clipia/server/audit/audit-database'
import type { Command } from 'commander'
import { printJson, printLine } from '../output/print.ts'
import { adminCommand, type Flags } from './admin-command.ts'
import { withDatabase } from './with-database.ts'

/** `clipia admin audit`: exit code 1 and the differences when an invariant does not hold. */
export function addAuditCommand(admin: Command): void {
  adminCommand(admin, 'audit', 'prove that credits, counters, outbox and files agree').action((flags: Flags) =>
    withDatabase(flags, async ({ database, config }) => {
      const { checks, differences } = await auditDatabase(database, config.dataDir)
      if (differences.length > 0) process.exitCode = 1
      if (flags.json) {
        printJson({ ok: differences.length === 0, checks, differences })
        return
      }
      for (const { check, subject, expected, found } of differences) {
        printLine(`${check}: ${subject}: expected ${expected}, found ${found}`)
      }
      printLine(differences.length === 0 ? `${checks} checks, no differences` : `${differences.length} differences`)
    }),
  )
}
