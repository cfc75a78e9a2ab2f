import type { StatusResponse } from '@clipia/client'
import { formatDuration } from './format-duration.ts'
import type { Terminal } from './terminal.ts'

/** What is known of a generation that is waited for; times in epoch milliseconds. */
export interface ProgressState {
  status: StatusResponse
  /** When the waiting began. */
  since: number
  /** The first progress that was seen of the run, and when: the speed is measured from there. */
  run: { progress: number; at: number } | null
  now: number
}

const BAR_CELLS = 24

/** One line that says how a generation stands: its place in the queue, or its progress and the time that is left. */
export function progressText({ status, since, run, now }: ProgressState): string {
  const waited = formatDuration(now - since)
  if (status.status === 'IN_QUEUE') {
    const ahead = status.queue_position ?? 0
    const place = ahead === 0 ? 'next' : `${ahead} ahead`
    return `${bar(0)} in the queue, ${place}  ${waited}`
  }
  const percent = `${Math.round(status.progress)}%`.padStart(4)
  const left = run === null ? null : timeLeftMs(status.progress, run, now)
  return `${bar(status.progress)} ${percent}  ${waited}${left === null ? '' : `, about ${formatDuration(left)} left`}`
}

function bar(progress: number): string {
  const full = Math.round((Math.min(100, Math.max(0, progress)) / 100) * BAR_CELLS)
  return '█'.repeat(full) + '░'.repeat(BAR_CELLS - full)
}

/** From the speed so far; null while there is too little to tell. */
export function timeLeftMs(progress: number, run: { progress: number; at: number }, now: number): number | null {
  const [done, elapsed] = [progress - run.progress, now - run.at]
  if (done < 3 || elapsed < 500 || progress >= 100) return null
  return (elapsed / done) * (100 - progress)
}

/** A progress line that is drawn over while a generation is waited for. */
export interface ProgressLine {
  update(status: StatusResponse): void
  /** Takes the line away. */
  clear(): void
}

const REDRAW_MS = 200

/** Draws a progress line on a terminal that can be drawn over; on another, a line for each change of status. */
export function createProgressLine(terminal: Terminal, clock: () => number = Date.now): ProgressLine {
  const since = clock()
  let state: Omit<ProgressState, 'now'> | null = null
  const draw = () => {
    if (state === null) return
    const text = progressText({ ...state, now: clock() })
    terminal.write(`\r\x1b[2K${terminal.paint('cyan', text.slice(0, terminal.columns() - 1))}`)
  }
  const timer = terminal.canRedraw ? setInterval(draw, REDRAW_MS) : undefined
  return {
    update(status) {
      const isRunning = status.status === 'IN_PROGRESS'
      const run = state?.run ?? (isRunning ? { progress: status.progress, at: clock() } : null)
      const isNews = state?.status.status !== status.status
      state = { status, since, run }
      if (terminal.canRedraw) draw()
      else if (isNews) terminal.line(progressText({ ...state, now: clock() }))
    },
    clear() {
      clearInterval(timer)
      if (terminal.canRedraw && state !== null) terminal.write('\r\x1b[2K')
    },
  }
}
