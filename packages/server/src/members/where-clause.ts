import type { CleanedWhere } from 'better-auth/adapters'
import type { Value } from '../database/database.ts'

/** A condition in SQL with `$n` parameters, and their values. */
export interface WhereClause {
  sql: string
  values: Value[]
}

const COMPARISONS = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

/**
 * Words the sign-in library's conditions as SQL, numbering parameters from `first`. Fields come from its schema, never
 * from a caller. Throws for an operator that it does not use on our tables.
 */
export function toWhereClause(where: readonly CleanedWhere[], first = 1): WhereClause {
  const values: Value[] = []
  const parameter = (value: unknown) => `$${first + values.push(value as Value) - 1}`
  const conditions = where.map(({ field, operator, value }) => {
    if (operator === 'in' && Array.isArray(value)) return `${field} IN (${value.map(parameter).join(', ') || 'NULL'})`
    if (value === null && operator === 'eq') return `${field} IS NULL`
    if (value === null && operator === 'ne') return `${field} IS NOT NULL`
    if (!(operator in COMPARISONS)) throw new Error(`the sign-in library asked for ${operator}`)
    return `${field} ${COMPARISONS[operator as keyof typeof COMPARISONS]} ${parameter(value)}`
  })
  const all = conditions.filter((_, index) => where[index]?.connector !== 'OR')
  const any = conditions.filter((_, index) => where[index]?.connector === 'OR')
  if (any.length > 0) all.push(`(${any.join(' OR ')})`)
  return { sql: all.join(' AND ') || '1 = 1', values }
}
