import Type from 'typebox'

/** Path parameter `slug`. */
export const slug = Type.String({
  minLength: 1,
  maxLength: 128,
  description: 'Slug of the model. A slash in it may be sent as it is or as %2F.',
  examples: ['canvas-1', 'google/imagen4'],
})

/** Path parameter `id` of operations on one request. */
export const requestId = Type.String({ minLength: 1, maxLength: 128, description: 'UUID of the request.' })

/** Query parameters of a list that comes in pages. */
export const PAGING = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20, description: 'Rows a page (1 to 100).' })),
  cursor: Type.Optional(Type.String({ maxLength: 256, description: 'next_cursor of the page before.' })),
}

/** What a list may be instead of JSON, asked for by `Accept: text/csv`. */
export const AS_CSV = {
  'text/csv': Type.String({ description: 'The whole list, not only a page, as comma-separated values with a header.' }),
}

/** An input that works with `canvas-1`, for the reference. */
export const INPUT_EXAMPLE = { prompt: 'A lighthouse above the clouds', aspect_ratio: '16:9' }
