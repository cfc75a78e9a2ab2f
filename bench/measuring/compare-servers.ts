import type { ServerUnderTest } from './clipia-server.ts'
import type { Load, LoadOrder, LoadReport } from './load.ts'
import { median } from './report.ts'

/** One of the servers that are compared, and how it is loaded. */
export interface Contender {
  name: string
  server: ServerUnderTest
  order: Omit<LoadOrder, 'port'>
}

/** A round of a contender; processor time in microseconds an answer, null where it cannot be read. */
export interface Round extends LoadReport {
  cpuMicros: number | null
}

/** The middle of all rounds of a contender. */
export interface Summary {
  perSecond: number
  p50Ms: number
  p99Ms: number
  cpuMicros: number
  rounds: Round[]
}

/** Loads servers in turns, A B A B, so that whatever else the machine does meets both alike. The first round only warms up. */
export async function compareServers(
  load: Load,
  contenders: readonly Contender[],
  rounds: number,
): Promise<Map<string, Summary>> {
  const seen = new Map(contenders.map(({ name }) => [name, [] as Round[]]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, server, order } of contenders) {
      const before = server.usage()
      const report = await load.run({ ...order, port: server.port })
      const after = server.usage()
      const cpuMicros =
        before === null || after === null ? null : ((after.cpuMs - before.cpuMs) * 1_000) / Math.max(1, report.count)
      if (round > 0) seen.get(name)?.push({ ...report, cpuMicros })
    }
  }
  const middle = (of: Round[], read: (round: Round) => number) => median(of.map(read))
  return new Map(
    [...seen].map(([name, of]) => [
      name,
      {
        perSecond: middle(of, (round) => round.perSecond),
        p50Ms: middle(of, (round) => round.p50Ms),
        p99Ms: middle(of, (round) => round.p99Ms),
        cpuMicros: middle(of, (round) => round.cpuMicros ?? Number.NaN),
        rounds: of,
      },
    ]),
  )
}

/** The middle of the ratios of neighbouring rounds: what disturbs both cancels out. */
export function ratioOf(ours: Summary, reference: Summary): number {
  return median(ours.rounds.map((round, index) => round.perSecond / (reference.rounds[index]?.perSecond ?? Number.NaN)))
}

/** A summary in words. */
export function describeSummary({ perSecond, p50Ms, p99Ms, cpuMicros }: Summary): string {
  return `${Math.round(perSecond)}/s, p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(1)} ms, ${cpuMicros.toFixed(0)} us of processor`
}
