import { type Database, firstOrNull } from '../database/database.ts'

/** Whether anybody can sign in; before that, the operator needs a link to become the first owner. */
export async function hasMembers(database: Database): Promise<boolean> {
  return firstOrNull(await database.read('SELECT 1 AS found FROM memberships LIMIT 1')) !== null
}
