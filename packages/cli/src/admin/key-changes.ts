import { SANDBOX_SCENARIOS, type SandboxScenario } from '@clipia/contract/scenarios'
import { toMicro } from '@clipia/server/credits/amount'
import { listChanges } from '@clipia/server/keys/list-changes'
import { type KeyLimits, updateKey } from '@clipia/server/keys/update-key'
import type { Command } from 'commander'
import { printJson, printLine, printTable } from '../output/print.ts'
import { adminCommand, type Flags, integerOf, textOf } from './admin-command.ts'
import { withDatabase } from './with-database.ts'

/** What a flag says that lifts a bound. */
const LIFTED = 'none'

/** `clipia admin keys update | history` */
export function addKeyChangeCommands(keys: Command): void {
  adminCommand(keys, 'update', 'change the limits of a key at once')
    .requiredOption('--key <id>', 'id of the key')
    .option('--name <name>', 'name for people')
    .option('--rpm <number>', 'requests a minute')
    .option('--concurrency <number>', 'generations at once')
    .option('--budget <credits>', `credits it may spend in all, what it has spent included; ${LIFTED} lifts the bound`)
    .option('--quote-above <credits>', `a price above it needs a quote of an estimate; ${LIFTED} for never`)
    .option('--scenario <name>', `what the sandbox plays: ${SANDBOX_SCENARIOS.join(', ')}; ${LIFTED} for nothing`)
    .action((flags: Flags) =>
      withDatabase(flags, async (administration) => {
        const id = textOf(flags, 'key') ?? ''
        await updateKey(administration, id, limitsOf(flags))
        if (flags.json) printJson({ id, updated: true })
        else printLine(`updated key ${id}`)
      }),
    )
  adminCommand(keys, 'history', 'who made, changed, rotated or revoked a key, newest first')
    .requiredOption('--key <id>', 'id of the key')
    .action((flags: Flags) =>
      withDatabase(flags, async ({ database }) => {
        const changes = await listChanges(database, textOf(flags, 'key') ?? '')
        if (flags.json) printJson(changes)
        else
          printTable(
            ['at', 'what', 'by', 'changes'],
            changes.map(({ created_at, kind, changed_by, changes: fields }) => [
              created_at,
              kind,
              changed_by ?? 'operator',
              fields
                .map(({ field, before, after }) => `${field}: ${before ?? LIFTED} -> ${after ?? LIFTED}`)
                .join(', '),
            ]),
          )
      }),
    )
}

function limitsOf(flags: Flags): KeyLimits {
  const budget = boundOf(flags, 'budget')
  return {
    name: textOf(flags, 'name'),
    requestsPerMinute: integerOf(flags, 'rpm'),
    concurrency: integerOf(flags, 'concurrency'),
    budget: typeof budget === 'number' ? toMicro(budget) : budget,
    quoteThreshold: boundOf(flags, 'quote-above'),
    scenario: isLifted(flags, 'scenario') ? null : (textOf(flags, 'scenario') as SandboxScenario | undefined),
  }
}

/** Undefined where nothing is said, null where the bound is lifted. */
function boundOf(flags: Flags, name: string): number | null | undefined {
  return isLifted(flags, name) ? null : integerOf(flags, name)
}

function isLifted(flags: Flags, name: string): boolean {
  return textOf(flags, name) === LIFTED
}
