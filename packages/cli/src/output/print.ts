/** A table for people: columns as wide as their widest cell. Prints "none" for no rows. */
export function printTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): void {
  const cells = [columns.map((column) => column.toUpperCase()), ...rows.map((row) => row.map(toCell))]
  if (rows.length === 0) {
    process.stdout.write('none\n')
    return
  }
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)))
  for (const row of cells) {
    const line = row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')
    process.stdout.write(`${line.trimEnd()}\n`)
  }
}

/** Exactly one JSON value on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

/** A line for people. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`)
}

function toCell(value: unknown): string {
  return value === null || value === undefined ? '-' : String(value)
}

/** Epoch milliseconds as people read them. */
export function toTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
