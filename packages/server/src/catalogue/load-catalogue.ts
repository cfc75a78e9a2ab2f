import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalogue, createCatalogue } from './catalogue.ts'
import { CatalogueError, type Mistake } from './catalogue-error.ts'
import type { Model } from './model.ts'
import { ModelDocument } from './model-document.ts'
import { readModelFile } from './read-model.ts'
import { type Override, readOverride } from './read-override.ts'
import type { PlacedSlug } from './read-slug.ts'

/** The models read so far, and what was wrong with the files. */
interface Loading {
  readonly models: Map<string, Model>
  /** Every slug that a file declares, also where the rest of the file has mistakes. */
  readonly declared: Set<string>
  readonly mistakes: Mistake[]
}

/**
 * Reads the model files (`*.yaml`) of one or more folders. A later folder replaces a model of an earlier one as a whole,
 * by its slug, or changes fields of it with an override, a file with `extends`. Throws one {@link CatalogueError} with
 * every mistake of every file. Blocks: it runs at start, and again only when an operator asks.
 */
export function loadCatalogue(folders: readonly string[]): Catalogue {
  const loading: Loading = { models: new Map(), declared: new Set(), mistakes: [] }
  for (const folder of folders) loadFolder(folder, loading)
  if (loading.mistakes.length > 0) throw new CatalogueError(loading.mistakes)
  return createCatalogue(loading.models.values())
}

function loadFolder(folder: string, loading: Loading): void {
  const { models, declared, mistakes } = loading
  const overrides: { file: string; override: Override }[] = []
  const noteRepetition = createRepetitionCheck(mistakes, (slug, file) => `the slug ${slug} is already that of ${file}`)
  for (const file of listModelFiles(folder, mistakes)) {
    const text = readText(file, mistakes)
    if (text === null) continue
    const document = new ModelDocument(file, text)
    if (document.has('extends')) {
      overrides.push({ file, override: readOverride(document) })
      continue
    }
    const { model, slug, mistakes: found } = readModelFile(document)
    mistakes.push(...found)
    if (slug !== null) {
      noteRepetition(file, slug)
      declared.add(slug.text)
    }
    if (model !== null) models.set(model.slug, model)
  }
  applyOverrides(overrides, loading)
}

/** Overrides come after the models of their folder, whatever the names of the files. */
function applyOverrides(overrides: readonly { file: string; override: Override }[], loading: Loading): void {
  const { models, declared, mistakes } = loading
  const noteRepetition = createRepetitionCheck(mistakes, (slug, file) => `${slug} is already extended by ${file}`)
  for (const { file, override } of overrides) {
    const { slug } = override
    const base = slug === null ? undefined : models.get(slug.text)
    const overridden = base && override.apply(base)
    mistakes.push(...(overridden?.mistakes ?? override.mistakes))
    if (slug === null) continue
    if (!declared.has(slug.text)) {
      const { line, column } = slug
      mistakes.push({ file, line, column, message: `extends: there is no model ${slug.text}` })
    }
    noteRepetition(file, slug)
    if (overridden?.model) models.set(slug.text, overridden.model)
    else models.delete(slug.text)
  }
}

/** Notes a slug that an earlier file of the same folder has already, at its place in the later file. */
function createRepetitionCheck(
  mistakes: Mistake[],
  wording: (slug: string, earlier: string) => string,
): (file: string, slug: PlacedSlug) => void {
  const fileBySlug = new Map<string, string>()
  return (file, { text, line, column }) => {
    const earlier = fileBySlug.get(text)
    if (earlier !== undefined) mistakes.push({ file, line, column, message: wording(text, earlier) })
    fileBySlug.set(text, file)
  }
}

function listModelFiles(folder: string, mistakes: Mistake[]): string[] {
  try {
    const names = readdirSync(folder).sort()
    for (const name of names.filter((candidate) => /\.(yml|YAML|YML)$/.test(candidate))) {
      mistakes.push({ file: join(folder, name), line: 1, column: 1, message: 'a model file must end in .yaml' })
    }
    return names.filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name))
  } catch (error) {
    mistakes.push({ file: folder, line: 1, column: 1, message: `the folder cannot be read: ${reasonOf(error)}` })
    return []
  }
}

function readText(file: string, mistakes: Mistake[]): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    mistakes.push({ file, line: 1, column: 1, message: `the file cannot be read: ${reasonOf(error)}` })
    return null
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
