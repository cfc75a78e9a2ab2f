import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { ResultResponse } from '@clipia/client'
import { encodePicture, isPng } from '../terminal/encode-picture.ts'
import { formatCredits } from '../terminal/format-credits.ts'
import { formatDuration } from '../terminal/format-duration.ts'
import { clean } from '../terminal/terminal.ts'
import type { ClientContext } from './context.ts'

/** A picture takes about half a screen. */
const PICTURE_ROWS = 20
const MOST_PICTURE_BYTES = 16 * 1024 * 1024

/**
 * Shows a result. For people: how it went, its files saved in the folder (by default the current one), their paths, the
 * pictures where the terminal shows them, and exit code 1 for a generation that failed. For programs: JSON, and files only
 * where a folder was named.
 */
export async function showResult(context: ClientContext, result: ResultResponse, out?: string): Promise<void> {
  const { terminal, clipia } = context
  const folder = out ?? (terminal.isForPeople ? '.' : undefined)
  const hasMedia = result.output !== undefined && folder !== undefined
  const paths = hasMedia ? await clipia.download(result, folder) : []
  if (!terminal.isForPeople) {
    for (const path of paths) terminal.note(`saved: ${path}`)
    terminal.json(result)
    return
  }
  terminal.line(summary(context, result))
  for (const path of paths) {
    terminal.line(`  ${terminal.paint('bold', relative('.', path) || path)}`)
    showPicture(context, path)
  }
  if (result.status === 'FAILED') process.exitCode = 1
}

function summary({ terminal, isSandbox }: ClientContext, result: ResultResponse): string {
  const { status, model, error, pending } = result
  const charged = result.charged ?? result.cost
  const price = isSandbox ? 'sandbox, nothing charged' : charged === 0 ? 'nothing charged' : formatCredits(charged)
  if (pending) return `${clean(model)} is not over yet (${status}). Wait for it with: clipia watch ${result.request_id}`
  if (status === 'COMPLETED') {
    const took = result.timings === undefined ? '' : ` in ${formatDuration(result.timings.run_ms)}`
    return `${terminal.paint('green', '✓')} ${clean(model)}${took}, ${price}`
  }
  if (status === 'CANCELED') return `${terminal.paint('yellow', '–')} ${clean(model)} was canceled, ${price}`
  const reason = error === undefined ? '' : `: ${clean(error.message)} (${clean(error.code)})`
  return `${terminal.paint('red', '✗')} ${clean(model)} failed${reason}, ${price}`
}

function showPicture({ terminal }: ClientContext, path: string): void {
  if (terminal.pictures === null || !path.endsWith('.png')) return
  const bytes = readFileSync(path)
  if (bytes.length > MOST_PICTURE_BYTES || !isPng(bytes)) return
  terminal.write(encodePicture(terminal.pictures, bytes, { columns: terminal.columns(), rows: PICTURE_ROWS }))
}
