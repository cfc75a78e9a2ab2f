import pg from 'pg'
import { openSqlite } from '../database/sqlite.ts'
import type { DatabaseKind } from './databases.ts'

/** Where a statement reads a table, or an index of it, from end to end. */
export interface Scan {
  table: string
  /** The index; null for the table itself. */
  index: string | null
}

/**
 * Finds what statements would read from end to end on a database, however much it held. What stops at the first rows of an order (a LIMIT, a minimum) is no scan.
 */
export async function findScans(
  kind: DatabaseKind,
  location: string,
  statements: Iterable<string>,
): Promise<{ sql: string; scan: Scan }[]> {
  return kind.name === 'SQLite' ? findOnSqlite(location, statements) : findOnPostgres(location, statements)
}

const isPlanned = (sql: string) => /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(sql)

async function findOnSqlite(location: string, statements: Iterable<string>) {
  const database = openSqlite(location)
  const found: { sql: string; scan: Scan }[] = []
  for (const sql of [...statements].filter(isPlanned)) {
    const names = readNames(sql)
    const plan = await database.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    for (const { detail } of plan) {
      const [, name = '', index] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(detail) ?? []
      const table = names.get(name)
      // In the order of an index with a LIMIT it stops after the first rows.
      if (table === undefined || (index !== undefined && /\bLIMIT\b/.test(sql))) continue
      found.push({ sql, scan: { table, index: index ?? null } })
    }
  }
  await database.close()
  return found
}

/** Tables of a statement by the names it gives them. */
function readNames(sql: string): Map<string, string> {
  const names = new Map<string, string>()
  for (const [, table = '', alias] of sql.matchAll(/\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?/gi)) {
    names.set(table, table)
    if (alias !== undefined) names.set(alias, table)
  }
  return names
}

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: PlanNode[]
}

async function findOnPostgres(location: string, statements: Iterable<string>) {
  const client = new pg.Client({ connectionString: location })
  await client.connect()
  // Small tables are read whole, and joined so, because that is cheap: what counts is what can be done with large ones.
  await client.query('SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off')
  const found: { sql: string; scan: Scan }[] = []
  for (const sql of [...statements].filter(isPlanned)) {
    const { rows } = await client.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${sql}`)
    const [{ Plan: root }] = rows[0]['QUERY PLAN'] as [{ Plan: PlanNode }]
    for (const scan of scansOf(root, false)) found.push({ sql, scan })
  }
  await client.end()
  return found
}

function scansOf(node: PlanNode, isLimited: boolean): Scan[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index = null } = node
  const isScan = type === 'Seq Scan' || (/^Index (Only )?Scan/.test(type) && !node['Index Cond'] && !isLimited)
  // Rows pass through these one by one: a limit above them still stops what is below.
  const passesOn =
    type === 'Limit' || (isLimited && /^(LockRows|Nested Loop|Result|Subquery Scan|Merge Join)$/.test(type))
  return [
    ...(isScan && table !== undefined ? [{ table, index }] : []),
    ...(node.Plans ?? []).flatMap((child) => scansOf(child, passesOn)),
  ]
}
