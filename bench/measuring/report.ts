import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { CAN_PIN } from './pinned-process.ts'

/** One row of the table: a question, our figure, and that of its reference from the same run. */
export interface Finding {
  question: string
  ours: string
  reference: string
  /** Ours to the reference's; null where the goal is a figure. */
  ratio: number | null
  goal: string
  isReached: boolean
}

/** What one command found, with where and when. */
export interface Result {
  name: string
  at: string
  machine: string
  findings: readonly Finding[]
  /** Every measured round, as the command shapes it. */
  rounds: unknown
}

const FOLDER = new URL('../results/', import.meta.url)

/** Writes a line for people. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** Whether the short form was asked for: `--short`. */
export const IS_SHORT = process.argv.includes('--short')

/** The middle of some figures. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** The figure below which a share of all lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Prints what a command found and keeps it in `bench/results/<name>.json`. */
export function keepResult(name: string, findings: readonly Finding[], rounds: unknown): void {
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}${CAN_PIN ? '' : ', not pinned to cores'}`
  const result: Result = { name, at: new Date().toISOString(), machine, findings, rounds }
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(new URL(`${name}.json`, FOLDER), `${JSON.stringify(result, null, 2)}\n`)
  printTable(findings)
}

/** What a command kept. */
export function readResult(name: string): Result {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as Result
}

/** Prints findings as a Markdown table. */
export function printTable(findings: readonly Finding[]): void {
  print('| question | ours | reference | ratio | goal | reached |')
  print('| --- | --- | --- | --- | --- | --- |')
  for (const { question, ours, reference, ratio, goal, isReached } of findings) {
    const cells = [question, ours, reference, ratio === null ? '' : ratio.toFixed(2), goal, isReached ? 'yes' : 'no']
    print(`| ${cells.join(' | ')} |`)
  }
}
