import type { ModelLatency, UsageRow } from '@clipia/contract'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../shared/api/call.ts'

/** What can be drawn by day. */
export const METRICS = ['credits', 'requests', 'failed'] as const
export type Metric = (typeof METRICS)[number]

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

/** Sums the rows by what `nameOf` says, those that cost most first. */
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
  return [...totals.values()].sort((left, right) => right.credits - left.credits || right.requests - left.requests)
}

/** A day, and what each of the series has on it, in their order. */
export interface Day {
  day: string
  total: number
  parts: readonly number[]
}

/** The last `days` days, oldest first, one that nothing happened on too; `series` are the names `nameOf` may give. */
export function daysOf(
  rows: readonly UsageRow[],
  wanted: { days: number; now: Date; metric: Metric; series: readonly string[]; nameOf: (row: UsageRow) => string },
): Day[] {
  const { days, now, metric, series, nameOf } = wanted
  const byDay = Map.groupBy(rows, ({ day }) => day)
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(now.getTime() - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10)
    const parts = series.map(() => 0)
    for (const row of byDay.get(day) ?? []) {
      const place = series.indexOf(nameOf(row))
      parts[place] = (parts[place] ?? 0) + row[metric]
    }
    return { day, parts, total: parts.reduce((sum, part) => sum + part, 0) }
  })
}

/** A round number at or above `most`, for the top of a scale; half of it is whole: 1, 2, 4 or 6 times a power of ten. */
export function roundTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)))
  return [1, 2, 4, 6, 10].map((step) => step * power).find((top) => top >= Math.max(2, most)) ?? most
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
