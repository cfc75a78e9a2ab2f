import { type Catalogue, createCatalogue } from './catalogue.ts'
import { loadCatalogue } from './load-catalogue.ts'

/** What a reload changed, by slug. */
export interface CatalogueChange {
  /** How many models there are now. */
  readonly models: number
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** Those whose prices or inputs are others than before. */
  readonly repriced: readonly string[]
}

/** The catalogue of a process, which its operator may have read again. */
export interface CatalogueSource {
  /** The catalogue as it is now; what is being done with an earlier one goes on with it. */
  current(): Catalogue
  /**
   * Reads the files again and puts the new catalogue in the place of the old one as a whole. Throws a `CatalogueError`
   * with every mistake, and then nothing has changed. Blocks like `loadCatalogue`.
   */
  reload(): CatalogueChange
}

/** Reads the catalogue of the folders for the first time; throws what `loadCatalogue` throws. */
export function openCatalogue(folders: readonly string[]): CatalogueSource {
  let catalogue = createCatalogue([])
  const reload = (): CatalogueChange => {
    const next = loadCatalogue(folders)
    const change = compare(catalogue, next)
    catalogue = next
    return change
  }
  reload()
  return { current: () => catalogue, reload }
}

function compare(before: Catalogue, after: Catalogue): CatalogueChange {
  const models = after.list()
  return {
    models: models.length,
    added: models.filter(({ slug }) => before.find(slug) === null).map(({ slug }) => slug),
    removed: before
      .list()
      .filter(({ slug }) => after.find(slug) === null)
      .map(({ slug }) => slug),
    repriced: models
      .filter(({ slug, priceVersion }) => (before.find(slug)?.priceVersion ?? priceVersion) !== priceVersion)
      .map(({ slug }) => slug),
  }
}
