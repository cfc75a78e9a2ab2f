/**
 * Runs the tests: `npm test`, or `npm test -- <files or globs>`. Starts one PostgreSQL server for all of them, on which
 * each test makes databases of its own.
 */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { startPostgres } from './postgres-server.ts'

const EVERYTHING = ['packages/*/src/**/*.test.ts', 'scripts/*.test.ts', 'e2e/**/*.test.ts']

const patterns = process.argv.slice(2)
const files = (patterns.length > 0 ? patterns : EVERYTHING).flatMap((pattern) => globSync(pattern)).sort()
// node --test succeeds when a pattern matches nothing.
if (files.length === 0) throw new Error(`no test files match ${patterns.join(' ')}`)

const postgres = await startPostgres()
const flags = ['--test', '--test-concurrency=2', '--test-timeout=300000']
const tests = spawn(process.execPath, [...flags, ...files], {
  stdio: 'inherit',
  // biome-ignore lint/style/noProcessEnv: handed on to the tests
  env: { ...process.env, CLIPIA_TEST_POSTGRES_URL: postgres.url },
})
const code = await new Promise<number>((resolve) => tests.once('exit', (exitCode) => resolve(exitCode ?? 1)))
await postgres.stop()
process.exitCode = code
