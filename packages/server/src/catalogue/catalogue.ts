import type { Model } from './model.ts'

/** Which models to list; what is left out does not filter. */
export interface CatalogueFilter {
  readonly type?: string | undefined
  readonly capability?: string | undefined
}

/** The models of this installation: loaded once, never changed. */
export interface Catalogue {
  /** The model with this slug, or null. */
  find(slug: string): Model | null
  /** The models that fit the filter, in the order of their slugs, the same on every machine. */
  list(filter?: CatalogueFilter): readonly Model[]
}

/** A catalogue of models whose slugs differ. */
export function createCatalogue(models: Iterable<Model>): Catalogue {
  const sorted = [...models].sort((left, right) => (left.slug < right.slug ? -1 : 1))
  const bySlug = new Map(sorted.map((model) => [model.slug, model]))
  return {
    find: (slug) => bySlug.get(slug) ?? null,
    list: ({ type, capability } = {}) =>
      sorted.filter(
        (model) =>
          (type === undefined || model.type === type) &&
          (capability === undefined || model.capabilities.includes(capability)),
      ),
  }
}
