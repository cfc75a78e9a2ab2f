/**
 * Makes one cheap true generation at each provider named: `npm run test:live -- fal replicate`; without names at every
 * provider. Says what it cost; says of a provider without its credential that it was not run.
 */
import { PROVIDERS } from '../packages/server/src/engines/providers.ts'
import { runLiveGeneration } from './run-live-generation.ts'

const given = process.argv.slice(2)
const known = PROVIDERS.map((provider) => provider.name)
const unknown = given.filter((name) => !known.some((one) => one === name))
if (unknown.length > 0) {
  process.stderr.write(`there is no provider ${unknown.join(', ')}; there are ${known.join(', ')}\n`)
  process.exit(1)
}
for (const name of given.length > 0 ? given : known) {
  // biome-ignore lint/style/noProcessEnv: credentials stand in the environment
  const { isOk, lines } = await runLiveGeneration(name, process.env)
  process.stdout.write(`${lines.join('\n')}\n`)
  if (!isOk) process.exitCode = 1
}
