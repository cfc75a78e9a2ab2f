import type { BadModelFile } from './bad-model-files.ts'

/** An override of the model text that uses every field; the tests break it in one place each. */
export const OVERRIDE_TEXT = `extends: test/model-1
name: Ours
description: As our team buys it.
engine: { name: fal, settings: { model: a/b } }
price:
  table: { by: [resolution], credits: { 480p: 7, 720p: 11 } }
  counts: { duration: { unit: second }, count: { unit: video } }
rejected_content: charged
run_limit_seconds: 900
disabled: false
`

const seen = (from: string, to: string, message: string) => ({ from, to, message, isSeenBySchema: true })
const unseen = (from: string, to: string, message: string) => ({ from, to, message, isSeenBySchema: false })

/** Overrides with one mistake each, beside a file that declares `test/model-1`. */
export const BAD_OVERRIDE_FILES: readonly BadModelFile[] = [
  unseen('extends: test/model-1', 'extends: ¦test/model-2', 'extends: there is no model test/model-2'),
  seen('extends: test/model-1', 'extends: ¦Test', 'extends must look like'),
  seen('extends: test/model-1', 'extends: ¦5', 'extends must be a text'),
  seen('name: Ours', 'name: ¦""', 'name must not be empty'),
  seen(
    'name: Ours',
    '¦slug: ours',
    'unknown field slug; an override takes extends, name, description, engine, routes, price,',
  ),
  seen('name: Ours', '¦parameters: {}', 'unknown field parameters; an override takes'),
  seen('{ name: fal,', '¦{', 'engine lacks the field name'),
  seen('name: Ours', '¦routes: [{ engine: a }]', 'a model has either engine or routes'),
  unseen('engine: {', 'routes: [{ engine: a, when: { ¦size: given } }] #', 'when: there is no parameter size'),
  seen('content: charged', 'content: ¦no', 'rejected_content must be one of refunded, charged'),
  unseen('credits: { 480p: 7, ', 'credits: ¦{ ', 'price: resolution 480p has no price'),
  unseen('by: [resolution]', 'by: [¦quality]', 'price: table: there is no parameter quality'),
  seen('720p: 11', '720p: ¦0', 'price: 720p is 0; add free: true to price if that is meant'),
  seen('900', '¦0', 'run_limit_seconds must be a whole number from 1 to 86400'),
  seen('disabled: false', 'disabled: ¦no', 'disabled must be true or false'),
]
