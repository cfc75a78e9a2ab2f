/** A model file that uses every kind of parameter and price; the tests break it in one place each. */
export const MODEL_TEXT = `slug: test/model-1
type: video
name: Test
capabilities: [text-to-video]
engine: { name: local, settings: { task: motion } }
parameters:
  prompt: { type: string, max_length: 20, default: "" }
  image_url: { type: string, format: uri }
  image_urls: { type: array, items: { type: string, format: uri }, max_items: 3 }
  duration: { type: integer, enum: [4, 8], default: 4 }
  resolution: { type: string, enum: [480p, 720p], default: 720p }
  count: { type: integer, minimum: 1, maximum: 4, default: 1 }
  strength: { type: number, minimum: 0, maximum: 1 }
  with_audio: { type: boolean, default: false }
  extra: { type: object }
require_one_of: [[prompt, image_url]]
price:
  table: { by: [resolution], credits: { 480p: 5.6, 720p: 9.4 } }
  multipliers: { with_audio: { false: 1, true: 1.5 } }
  counts: { duration: { unit: second }, count: { unit: video } }
run_limit_seconds: 600
`

/** {@link MODEL_TEXT} with one piece replaced; throws when the piece is not there. */
export function editModelText(from: string, to: string): string {
  if (!MODEL_TEXT.includes(from)) throw new Error(`the model text has no "${from}"`)
  return MODEL_TEXT.replace(from, () => to)
}
