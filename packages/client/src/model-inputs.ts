/**
 * Inputs of models by slug. Empty here: the file that `clipia types` writes fills it in from a catalogue, and from then on
 * an input that does not fit its model does not compile. Models it does not know take any input.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be merged with
export interface ModelInputs {}

/** Slug of a model: completed from {@link ModelInputs}, and any other text. */
export type ModelSlug = keyof ModelInputs | (string & {})

/** Input of any model; see its `input_schema`. */
export interface GenerationInput {
  /** What to make, in words. */
  prompt?: string
  /** URL of the picture to start from. */
  image_url?: string
  /** URLs of pictures to refer to. */
  image_urls?: string[]
  /** Width to height, such as `16:9`. */
  aspect_ratio?: string
  /** Length of a video in seconds. */
  duration?: number
  /** Such as `720p` or `2K`. */
  resolution?: string
  [parameter: string]: unknown
}

/** Input of one model: its own type where the catalogue's types are present. */
export type InputOf<Slug> = Slug extends keyof ModelInputs ? ModelInputs[Slug] : GenerationInput
