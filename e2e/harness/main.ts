import { describe, test } from 'node:test'
import { parseArgs } from 'node:util'
import { DATABASES } from '../testing/databases.ts'
import { runDatabaseDeaths } from './database-deaths.ts'
import { runRandomKills } from './random-kills.ts'
import { runStatementDeaths } from './statement-deaths.ts'

// npm run crash -- --kills 300 --database both --seed 7 --part random: the long form of the tests of crashes. `--kills`
// is of each database; `--every` is how many statements apart the deaths of the part `statements` are,
// `--outages` how often PostgreSQL is.

const PARTS = ['random', 'statements', 'outages', 'all']

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    database: { type: 'string', default: 'both' },
    part: { type: 'string', default: 'all' },
    every: { type: 'string', default: '1' },
    outages: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
})
const [kills, seed] = [readCount(values.kills, 'kills'), readCount(values.seed, 'seed')]
const outages = readCount(values.outages, 'outages')
const every = Math.max(1, readCount(values.every, 'every'))
if (!PARTS.includes(values.part)) throw new Error(`--part must be one of ${PARTS.join(', ')}`)
const kinds = DATABASES.filter(({ name }) => values.database === 'both' || values.database === name.toLowerCase())
if (kinds.length === 0) throw new Error('--database must be sqlite, postgresql or both')

function readCount(text: string, name: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`--${name} must be a whole number`)
  return Number(text)
}

function isWanted(part: string): boolean {
  return values.part === 'all' || values.part === part
}

/** A part on a database, which says what it saw. */
function part(name: string, title: string, run: () => Promise<object>): void {
  if (isWanted(name)) test(title, async (context) => context.diagnostic(JSON.stringify(await run())))
}

describe(`death at any line (seed ${seed})`, () => {
  for (const kind of kinds) {
    const nodes = kind.name === 'SQLite' ? 1 : 2
    const recovery = (['findable', 'idempotent', 'blind'] as const)[seed % 3] ?? 'findable'
    const on = `on ${kind.name}`
    part('random', `${kills} kills at random moments, ${nodes} ${on} (${recovery})`, () =>
      runRandomKills({ kind, nodes, recovery, kills, seed }),
    )
    part('statements', `a death at every statement ${on}`, () => runStatementDeaths({ kind, seed, every }))
  }
  if (kinds.some(({ name }) => name === 'PostgreSQL')) {
    part('outages', 'deaths of PostgreSQL itself', () => runDatabaseDeaths({ seed, deaths: outages }))
  }
})
