/**
 * Runs the benchmarks that are named, or all, in their short forms (`--full` for the long ones) beside a real PostgreSQL that
 * syncs to disk, and prints one table: `npm run bench`, `npm run bench -- reads submit-sqlite --full`.
 */
import { spawn } from 'node:child_process'
import { startPostgres } from '../scripts/postgres-server.ts'
import { type Finding, print, printTable, readResult } from './measuring/report.ts'

const ALL = [
  'reads',
  'submit-sqlite',
  'submit-alone',
  'submit-postgres',
  'start-latency',
  'full-cycle',
  'claims',
  'streams',
  'webhooks',
  'boot',
  'rendering',
]

const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = named.filter((name) => !ALL.includes(name))
if (unknown.length > 0) throw new Error(`there is no benchmark ${unknown.join(', ')}; there are ${ALL.join(', ')}`)
const flags = process.argv.includes('--full') ? [] : ['--short']

const postgres = await startPostgres({ isDurable: true })
const failed: string[] = []
const findings: Finding[] = []
for (const name of named.length > 0 ? named : ALL) {
  print(`\n${name}`)
  const program = spawn(process.execPath, [new URL(`./${name}.ts`, import.meta.url).pathname, ...flags], {
    stdio: 'inherit',
    // biome-ignore lint/style/noProcessEnv: handed on to the benchmark
    env: { ...process.env, CLIPIA_TEST_POSTGRES_URL: postgres.url },
  })
  const code = await new Promise<number | null>((resolve) => program.once('exit', resolve))
  if (code === 0) findings.push(...readResult(name).findings)
  else failed.push(name)
}
await postgres.stop()
print('')
printTable(findings)
if (failed.length > 0) throw new Error(`these benchmarks failed: ${failed.join(', ')}`)
