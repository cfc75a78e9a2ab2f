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

/** An input that works with `canvas-1`, for the reference. */
export const INPUT_EXAMPLE = { prompt: 'A lighthouse above the clouds', aspect_ratio: '16:9' }
