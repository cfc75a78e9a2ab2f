import type { ModelLatency, UsageRow } from '@clipia/contract'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../shared/api/call.ts'

/** Live usage of the last days. */
export function useUsage(days: number) {
  return useQuery({
    queryKey: ['usage', days],
    queryFn: ({ signal }) =>
      call<{ data: UsageRow[]; latency: ModelLatency[] }>('GET', `/usage?days=${days}`, { signal }),
  })
}

/** Sums over some of the rows. */
export interface Totals {
  name: string
  requests: number
  failed: number
  credits: number
}

/** Sums the rows by what `nameOf` says, in the order in which the names first appear. */
export function totalsBy(rows: readonly UsageRow[], nameOf: (row: UsageRow) => string): Totals[] {
  const totals = new Map<string, Totals>()
  for (const row of rows) {
    const name = nameOf(row)
    const sum = totals.get(name) ?? { name, requests: 0, failed: 0, credits: 0 }
    sum.requests += row.requests
    sum.failed += row.failed
    sum.credits += row.credits
    totals.set(name, sum)
  }
  return [...totals.values()]
}

/** The last `days` days, oldest first, each with its sums: days without usage too. */
export function daysOf(rows: readonly UsageRow[], days: number, now: Date): Totals[] {
  const byDay = new Map(totalsBy(rows, ({ day }) => day).map((total) => [total.name, total]))
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(now.getTime() - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10)
    return byDay.get(day) ?? { name: day, requests: 0, failed: 0, credits: 0 }
  })
}

/** The rows as CSV, for a spreadsheet. */
export function toCsv(rows: readonly UsageRow[]): string {
  const columns = [
    'day',
    'model',
    'key_id',
    'key_name',
    'requests',
    'completed',
    'failed',
    'canceled',
    'credits',
  ] as const
  // A cell that begins like a formula would be run by the spreadsheet.
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
    return `"${text.replaceAll('"', '""')}"`
  }
  return [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))].join('\r\n')
}
