/** Runs a Node program with a throw-away PostgreSQL: `node scripts/with-postgres.ts bench/claims.ts`. */
import { spawn } from 'node:child_process'
import { startPostgres } from './postgres-server.ts'

const postgres = await startPostgres()
const program = spawn(process.execPath, process.argv.slice(2), {
  stdio: 'inherit',
  // biome-ignore lint/style/noProcessEnv: handed on to the program
  env: { ...process.env, CLIPIA_TEST_POSTGRES_URL: postgres.url },
})
process.exitCode = await new Promise<number>((resolve) => program.once('exit', (code) => resolve(code ?? 1)))
await postgres.stop()
