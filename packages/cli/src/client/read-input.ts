import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { GenerationInput } from '@clipia/client'

/** Reads `--input`: JSON, `@file.json`, or `-` for stdin. Throws unless it is an object. */
export async function readInput(raw: string, stdin: NodeJS.ReadStream): Promise<GenerationInput> {
  const json = raw === '-' ? await text(stdin) : raw.startsWith('@') ? readInputFile(raw.slice(1)) : raw
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (error) {
    throw new Error(`--input must be valid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error('--input must be a JSON object.')
  }
  return parsed as GenerationInput
}

function readInputFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`--input: cannot read ${path} (${(error as NodeJS.ErrnoException).code})`)
  }
}
