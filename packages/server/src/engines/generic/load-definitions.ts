import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMistake, type Mistake } from '../../catalogue/catalogue-error.ts'
import { ModelDocument } from '../../catalogue/model-document.ts'
import type { Definition } from './definition.ts'
import { readDefinition } from './read-definition.ts'

/** An engine that a file describes and the environment sets up. */
export interface DescribedEngine {
  definition: Definition
  baseUrl: string
  credential: string | null
  callbackSecret: string | null
}

/** The engine files cannot be used; `mistakes` has every one that was found. */
export class EngineFilesError extends Error {
  readonly mistakes: readonly Mistake[]

  constructor(mistakes: readonly Mistake[]) {
    super(`the engine files have mistakes\n${mistakes.map(describeMistake).join('\n')}`)
    this.name = 'EngineFilesError'
    this.mistakes = mistakes
  }
}

/** Where engine files are, and the environment their secrets stand in. */
export interface EngineFiles {
  /** Null for none. */
  enginesDir: string | null
  variable: (name: string) => string | undefined
}

/**
 * Reads the engine files (`*.yaml`) of a folder and answers those that are set up: one without its credential is not.
 * Throws one {@link EngineFilesError} with every mistake. Blocks: it runs once, at start.
 */
export function loadDescribedEngines({ enginesDir, variable }: EngineFiles): DescribedEngine[] {
  if (enginesDir === null) return []
  const mistakes: Mistake[] = []
  const engines = new Map<string, DescribedEngine>()
  for (const file of listFiles(enginesDir, mistakes)) {
    const text = readText(file, mistakes)
    if (text === null) continue
    const { definition, mistakes: found } = readDefinition(new ModelDocument(file, text))
    mistakes.push(...found)
    if (definition === null) continue
    const at = { file, line: 1, column: 1 }
    if (engines.has(definition.name))
      mistakes.push({ ...at, message: `there are two engines named ${definition.name}` })
    const engine = setUp(definition, variable)
    if (typeof engine === 'string') mistakes.push({ ...at, message: engine })
    else if (engine !== null) engines.set(definition.name, engine)
  }
  if (mistakes.length > 0) throw new EngineFilesError(mistakes)
  return [...engines.values()]
}

/** The engine, null without its credential, or what is wrong with a variable; its value is never repeated. */
function setUp(definition: Definition, variable: EngineFiles['variable']): DescribedEngine | string | null {
  const { baseUrlVariable, credentialVariable, callback } = definition
  const read = (name: string | null) => (name === null ? null : (variable(name)?.trim() ?? '') || null)
  const credential = read(credentialVariable)
  if (credentialVariable !== null && credential === null) return null
  if (credential !== null && !/^[\x21-\x7e]+$/.test(credential)) {
    return `${credentialVariable} must be visible ASCII without spaces`
  }
  const baseUrl = read(baseUrlVariable) ?? definition.baseUrl
  if (!/^https?:\/\/[^\s?#@]+$/.test(baseUrl) || !URL.canParse(baseUrl)) {
    return `${baseUrlVariable ?? 'base_url'} must be an http or https URL without credentials, query and fragment`
  }
  return { definition, baseUrl, credential, callbackSecret: read(callback?.secretVariable ?? null) }
}

function readText(file: string, mistakes: Mistake[]): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    mistakes.push({ file, line: 1, column: 1, message: `the file cannot be read: ${reason}` })
    return null
  }
}

function listFiles(folder: string, mistakes: Mistake[]): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => join(folder, name))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    mistakes.push({ file: folder, line: 1, column: 1, message: `the folder cannot be read: ${reason}` })
    return []
  }
}
