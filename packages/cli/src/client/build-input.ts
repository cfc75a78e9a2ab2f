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
  if (image.length > 0) addImages(input, model, await Promise.all(image.map((source) => toUrl(clipia, source))))
  return input
}

async function toUrl(clipia: Clipia, source: string): Promise<string> {
  if (/^(https?|data):/i.test(source)) return source
  const { url } = await clipia.files.upload(source)
  return url
}

/** The fields by which models take pictures, the one for a single picture first. */
function addImages(input: GenerationInput, { slug, input_schema: schema }: ModelDetail, urls: string[]): void {
  if (urls.length === 1 && schema.image_url !== undefined) input.image_url = urls[0] ?? ''
  else if (schema.image_urls !== undefined) input.image_urls = [...(input.image_urls ?? []), ...urls]
  else if (schema.image_url !== undefined) throw new Error(`${slug} takes one --image`)
  else throw new Error(`${slug} takes no --image`)
}
