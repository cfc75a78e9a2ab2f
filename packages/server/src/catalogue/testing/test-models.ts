import { fileURLToPath } from 'node:url'
import { loadCatalogue } from '../load-catalogue.ts'
import type { Model } from '../model.ts'
import { ModelDocument } from '../model-document.ts'
import { readModelFile } from '../read-model.ts'
import { MODEL_TEXT } from './model-text.ts'

/** The folder of the models that are shipped. */
export const SHIPPED_FOLDER = fileURLToPath(new URL('../../../../../models/', import.meta.url))

/** The models that are shipped. */
export const SHIPPED_MODELS: readonly Model[] = loadCatalogue([SHIPPED_FOLDER]).list()

/** The model of a text; throws when it has a mistake. */
export function modelOf(text: string): Model {
  const { model, mistakes } = readModelFile(new ModelDocument('test.yaml', text))
  if (model === null) throw new Error(JSON.stringify(mistakes, null, 2))
  return model
}

/** A model with every kind of parameter. */
export const TEST_MODEL: Model = modelOf(MODEL_TEXT)

/** A model that is priced by characters of text, by fractions of a second and by a table of two parameters. */
export const SPEECH_MODEL: Model = modelOf(`slug: speech-1
type: audio
name: Speech
capabilities: [text-to-speech]
engine: { name: local }
parameters:
  text: { type: string, required: true, min_length: 1, max_length: 5000 }
  speed: { type: number, minimum: 0.25, maximum: 4, default: 1 }
  voice: { type: string, enum: [plain, studio], required: true }
  channels: { type: integer, enum: [1, 2], default: 1 }
  is_fast: { type: boolean, default: false }
price:
  table:
    by: [voice, channels]
    credits: { plain: { 1: 0.07, 2: 0.11 }, studio: { 1: 0.19, 2: 0.333333 } }
  multipliers: { is_fast: { true: 1.7, false: 1 } }
  counts:
    text: { unit: character, per: 1000, round: up }
    speed: { unit: pass }
`)

/** The price of speech as {@link SPEECH_MODEL}, by exact thousands of characters. */
export const EXACT_SPEECH_MODEL: Model = modelOf(`slug: speech-2
type: audio
name: Speech by the character
capabilities: [text-to-speech]
engine: { name: local }
parameters:
  text: { type: string, required: true, min_length: 1, max_length: 5000 }
price:
  base: 0.9
  counts:
    text: { unit: character, per: 1000 }
`)
