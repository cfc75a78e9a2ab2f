import type { Clipia, GenerationInput, ModelDetail } from '@clipia/client'
import { parseParameter, splitParameter } from './parse-parameter.ts'
import { readInput } from './read-input.ts'

/** The flags an input is made of. */
export interface InputFlags {
  input?: string
  prompt?: string
  param?: string[]
  image?: string[]
}

/**
 * Makes the input of a generation: `--input`, over it `--prompt` and each `--param`, and each `--image` where the model takes
 * pictures, uploaded unless it is a URL. The model is asked for only when that is needed. Throws when nothing was given.
 */
export async function buildInput(
  clipia: Clipia,
  slug: string,
  { input: raw, prompt, param = [], image = [] }: InputFlags,
  stdin: NodeJS.ReadStream,
): Promise<GenerationInput> {
  if (raw === undefined && prompt === undefined && param.length === 0 && image.length === 0) {
    throw new Error('no input: give --prompt, --param key=value, --image or --input (see --help)')
  }
  const input = raw === undefined ? {} : await readInput(raw, stdin)
  if (prompt !== undefined) input.prompt = prompt
  if (param.length === 0 && image.length === 0) return input
  const parameters = param.map(splitParameter)
  const model = await clipia.models.get(slug)
  for (const [name, value] of parameters) input[name] = parseParameter(value, model.input_schema[name])
  if (image.length > 0) {
    // What cannot be used is not uploaded.
    const field = imageField(model, image.length)
    const urls = await Promise.all(image.map((source) => toUrl(clipia, source)))
    if (field === 'image_url') input.image_url = urls[0] ?? ''
    else input.image_urls = [...(input.image_urls ?? []), ...urls]
  }
  return input
}

async function toUrl(clipia: Clipia, source: string): Promise<string> {
  if (/^(https?|data):/i.test(source)) return source
  const { url } = await clipia.files.upload(source)
  return url
}

/** The field by which a model takes so many pictures. */
function imageField({ slug, input_schema: schema }: ModelDetail, count: number): 'image_url' | 'image_urls' {
  if (count === 1 && schema.image_url !== undefined) return 'image_url'
  if (schema.image_urls !== undefined) return 'image_urls'
  throw new Error(schema.image_url === undefined ? `${slug} takes no --image` : `${slug} takes one --image`)
}
