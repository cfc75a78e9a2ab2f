/**
 * Runs the tests: `npm test`, or `npm test -- <files or globs>`. Starts one PostgreSQL server for all of them, on which
 * each test makes databases of its own.
 */
import { globSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'
import { startPostgres } from './postgres-server.ts'

const EVERYTHING = ['packages/*/src/**/*.test.ts', 'scripts/*.test.ts', 'e2e/**/*.test.ts']

/** Those that take longest, the longest first: begun at the end they would run alone. */
const LONGEST: readonly string[] = [
  'e2e/random-kills.test.ts',
  'e2e/outages.test.ts',
  'e2e/statement-deaths.test.ts',
  'packages/server/src/worker/model.test.ts',
  'packages/server/src/engines/local/local-engine.test.ts',
  'e2e/operator-commands.test.ts',
  'packages/server/src/engines/local/studio/render-tone.test.ts',
  'packages/server/src/engines/local/studio/render-canvas.test.ts',
  'e2e/console.test.ts',
  'e2e/crash.test.ts',
  'e2e/webhooks.test.ts',
  'e2e/operator-errors.test.ts',
]

/** Files at once. Processors are not the measure: many tests wait for leases, time-outs and other processes. */
const CONCURRENCY = 3
const TIMEOUT_MS = 300_000

const patterns = process.argv.slice(2)
const found = (patterns.length > 0 ? patterns : EVERYTHING).flatMap((pattern) => globSync(pattern)).sort()
// node --test succeeds when a pattern matches nothing.
if (found.length === 0) throw new Error(`no test files match ${patterns.join(' ')}`)
const unknown = LONGEST.filter((file) => patterns.length === 0 && !found.includes(file))
if (unknown.length > 0) throw new Error(`there is no test ${unknown.join(', ')}`)
const files = [...LONGEST.filter((file) => found.includes(file)), ...found.filter((file) => !LONGEST.includes(file))]

const postgres = await startPostgres()
Object.assign(
  // biome-ignore lint/style/noProcessEnv: handed on to the tests
  process.env,
  {
    CLIPIA_TEST_POSTGRES_URL: postgres.url,
    // Each file is a process that loads the server anew: what one compiled, the next ones need not.
    NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/clipia/tests', import.meta.url)),
  },
)
const tests = run({ files, concurrency: CONCURRENCY, timeout: TIMEOUT_MS })
tests.on('test:fail', () => {
  process.exitCode = 1
})
tests.compose(spec).pipe(process.stdout)
await new Promise((resolve) => tests.once('end', resolve))
await postgres.stop()
