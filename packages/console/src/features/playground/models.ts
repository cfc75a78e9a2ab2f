import type { Mode, ModelDetail, ModelEntry } from '@clipia/contract'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../shared/api/call.ts'

/** The catalogue as this mode sees it. */
export function useModels(mode: Mode) {
  return useQuery({
    queryKey: ['models', mode],
    staleTime: 60_000,
    queryFn: ({ signal }) => call<{ data: ModelEntry[] }>('GET', `/${mode}/models`, { signal }),
  })
}

/** One model with the schema of its input. */
export function useModel(mode: Mode, slug: string) {
  return useQuery({
    queryKey: ['models', mode, slug],
    staleTime: 60_000,
    queryFn: ({ signal }) => call<ModelDetail>('GET', `/${mode}/models/${encodeURIComponent(slug)}`, { signal }),
  })
}

/** What a reader looks for in the catalogue. Empty: anything. */
export interface ModelFilter {
  text: string
  type: string
  capability: string
}

/** The models that match, in the order of the catalogue. Every word of the text must be somewhere in a model. */
export function filterModels(models: readonly ModelEntry[], { text, type, capability }: ModelFilter): ModelEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return models.filter((model) => {
    const haystack =
      `${model.name} ${model.slug} ${model.description ?? ''} ${model.capabilities.join(' ')}`.toLowerCase()
    return (
      (type === '' || model.type === type) &&
      (capability === '' || model.capabilities.includes(capability)) &&
      words.every((word) => haystack.includes(word))
    )
  })
}
