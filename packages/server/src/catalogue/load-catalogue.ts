import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalogue, createCatalogue } from './catalogue.ts'
import { CatalogueError, type Mistake } from './catalogue-error.ts'
import type { Model } from './model.ts'
import { readModelFile } from './read-model.ts'

/**
 * Reads the model files (`*.yaml`) of one or more folders. A later folder replaces a model of an earlier one as a whole,
 * by its slug. Throws one {@link CatalogueError} with every mistake of every file. Blocks: it runs once, at start.
 */
export function loadCatalogue(folders: readonly string[]): Catalogue {
  const mistakes: Mistake[] = []
  const models = new Map<string, Model>()
  for (const folder of folders) {
    const fileBySlug = new Map<string, string>()
    for (const file of listModelFiles(folder, mistakes)) {
      const read = readText(file, mistakes)
      if (read === null) continue
      const { model, slug, mistakes: found } = readModelFile(file, read)
      mistakes.push(...found)
      const earlier = slug && fileBySlug.get(slug.text)
      if (slug && earlier) {
        const message = `the slug ${slug.text} is already that of ${earlier}`
        mistakes.push({ file, line: slug.line, column: slug.column, message })
      }
      if (slug) fileBySlug.set(slug.text, file)
      if (model) models.set(model.slug, model)
    }
  }
  if (mistakes.length > 0) throw new CatalogueError(mistakes)
  return createCatalogue(models.values())
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
