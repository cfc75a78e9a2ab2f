import { readFileSync } from 'node:fs'

/** What a process has used so far. */
export interface ProcessUsage {
  cpuMs: number
  residentMb: number
}

const MS_A_TICK = 10

/** Reads what a process has used, from Linux; null elsewhere. */
export function readProcess(pid: number): ProcessUsage | null {
  if (process.platform !== 'linux') return null
  // The name in brackets may hold spaces; the fields after it do not.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * MS_A_TICK,
    residentMb: Number(resident ?? 0) / 1_024,
  }
}
