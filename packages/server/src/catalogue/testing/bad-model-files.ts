/** An edit of the model text that makes it wrong; `¦` marks where the mistake is and is not part of the file. */
export interface BadModelFile {
  readonly from: string
  readonly to: string
  readonly message: string
  /** Whether an editor with the JSON Schema sees it too; it cannot see across fields, nor how a number is written. */
  readonly isSeenBySchema: boolean
}

const seen = (from: string, to: string, message: string) => ({ from, to, message, isSeenBySchema: true })
const unseen = (from: string, to: string, message: string) => ({ from, to, message, isSeenBySchema: false })

const FRAME: readonly BadModelFile[] = [
  seen('slug: test/model-1\n', '', 'a model lacks the field slug'),
  seen('test/model-1', '¦Test/Model', 'slug must look like'),
  seen('test/model-1', '¦test//model', 'slug must look like'),
  seen('test/model-1', '¦5', 'slug must be a text; put it in quotes'),
  seen('type: video', 'type: ¦movie', 'type must be one of image, video, audio'),
  seen('name: Test', 'name: ¦""', 'name must not be empty'),
  seen('name: Test', 'name:¦', 'name must be a text'),
  seen('name: Test', 'name: Test\n¦nmae: Test', 'unknown field nmae; a model takes slug, type, name, description,'),
  unseen('name: Test', 'name: Test\n¦name: Again', 'the field name is given twice'),
  unseen('name: Test', 'name: &x Test\ndescription: ¦*x', 'anchors and aliases are not supported'),
  seen('[text-to-video]', '¦[]', 'capabilities must not be empty'),
  seen('[text-to-video]', '[¦Text To Video]', 'capabilities must look like'),
  seen('[text-to-video]', '[text-to-video, ¦text-to-video]', 'capabilities has text-to-video twice'),
  seen('{ name: local,', '¦{', 'engine lacks the field name'),
  unseen('task: motion', 'task: ¦.nan', 'engine: settings: task must be a JSON value'),
  seen('settings: {', '¦secret: {', 'unknown field secret; engine takes name, settings'),
  seen('engine: { name: local, settings: { task: motion } }\n', '', 'a model lacks the field routes'),
  seen('600', '¦0', 'run_limit_seconds must be a whole number from 1 to 86400'),
  unseen('[[prompt, image_url]]', '[[prompt, ¦pictures]]', 'require_one_of: there is no parameter pictures'),
  unseen('[[prompt, image_url]]', '[[prompt, ¦duration]]', 'duration has a default, so it is always given'),
  seen('[[prompt, image_url]]', '[¦[prompt]]', 'each group of require_one_of must have two parameters or more'),
]

const PARAMETERS: readonly BadModelFile[] = [
  seen('  extra:', '  ¦Extra:', 'a parameter must be named like num_images'),
  seen('  strength:', '  ¦constructor:', 'a parameter must be named like num_images'),
  seen('{ type: object }', '¦{ required: true }', 'extra lacks the field type'),
  seen('type: object', 'type: ¦text', 'extra: type must be one of string, number, integer, boolean, array, object'),
  seen('type: object', 'type: object, ¦max: 3', 'unknown field max; extra, a parameter of type object, takes type,'),
  seen(
    'type: boolean,',
    'type: boolean, ¦minimum: 1,',
    'unknown field minimum; with_audio, a parameter of type boolean,',
  ),
  seen('type: boolean, ', 'type: boolean, required: true, ¦', 'with_audio has a default, so it cannot be required'),
  seen('type: boolean, default: false', 'type: boolean, default: ¦"no"', 'default must be true or false, got "no"'),
  unseen('[4, 8], default: 4', '[4, 8], default: ¦5', 'duration: default must be one of 4, 8, got 5'),
  seen('[4, 8], default: 4', '[4, 8], default: ¦"4"', 'duration: default must be one of 4, 8, got "4"'),
  unseen('default: ""', 'default: ¦"a text that is too long"', 'must have at most 20 characters, it has 23'),
  seen('enum: [4, 8]', 'enum: [4, ¦8s]', 'duration: enum must be a whole number'),
  seen('enum: [4, 8]', 'enum: [4, ¦4.5]', 'duration: enum must be a whole number'),
  seen('enum: [4, 8]', 'enum: [4, 8, ¦8]', 'duration: enum has 8 twice'),
  seen('enum: [4, 8]', 'enum: [4, 8], ¦minimum: 4', 'duration: enum leaves no room for minimum'),
  seen('[480p, 720p]', '[480p, 720p, ¦1080]', 'resolution: enum must be a text; put it in quotes'),
  unseen('minimum: 1, maximum: 4', 'minimum: ¦5, maximum: 4', 'count: minimum must not be above maximum'),
  seen('minimum: 1,', 'minimum: ¦1.5,', 'count: minimum must be a whole number'),
  seen('max_length: 20', 'max_length: ¦-1', 'prompt: max_length must be a whole number from 0 to 1000000'),
  seen('type: string, format: uri }\n', 'type: string, format: ¦url }\n', 'image_url: format must be one of uri'),
  seen('items: { type: string, format: uri }, ', '', 'image_urls lacks the field items'),
  seen('items: { type: string, format', 'items: { type: ¦array, format', 'items: type must be one of string, number,'),
]

const PRICES: readonly BadModelFile[] = [
  seen('  table:', '  base: 1\n  ¦table:', 'price has either base or table'),
  seen('480p: 5.6', '480p: ¦-5.6', 'must be a plain number of 0 or more'),
  seen('480p: 5.6', '480p: ¦"5.6"', 'must be a plain number of 0 or more'),
  unseen('480p: 5.6', '480p: ¦5e1', 'must be a plain number of 0 or more'),
  unseen('480p: 5.6', '480p: ¦0.1234567890123456', 'must have at most 15 digits'),
  seen('480p: 5.6', '480p: ¦0', 'price: 480p is 0; add free: true to price if that is meant'),
  seen('false: 1,', 'false: ¦0.0,', 'is 0; add free: true to price if that is meant'),
  unseen(
    'table: { by: [resolution], credits: { 480p: 5.6',
    '¦table: { by: [resolution], credits: { 480p: 900000000',
    'price can rise above 1000000000 credits',
  ),
  unseen('credits: { 480p: 5.6, ', 'credits: ¦{ ', 'price: resolution 480p has no price'),
  unseen('480p: 5.6', '¦360p: 1, 480p: 5.6', 'price: resolution has no value 360p; it takes 480p, 720p'),
  unseen('by: [resolution]', 'by: [¦quality]', 'price: table: there is no parameter quality'),
  unseen('by: [resolution]', 'by: [¦image_url]', 'must be required or have a default, or its absence has no price'),
  unseen(
    '{ with_audio: { false: 1, true: 1.5 } }',
    '{ ¦prompt: { a: 1 } }',
    'prompt must have an enum or be a boolean',
  ),
  unseen('{ false: 1, true: 1.5 }', '¦{ true: 1.5 }', 'price: with_audio false has no price'),
  unseen('{ with_audio:', '{ ¦resolution:', 'price: multipliers: resolution already has a place in the price'),
  seen('unit: second', 'unit: ¦Second', 'price: counts: duration: unit must look like'),
  seen('{ unit: second }', '¦{}', 'price: counts: duration lacks the field unit'),
  unseen('unit: video', 'unit: video, per: ¦3', 'per 3 needs round: up, a part of it is no decimal'),
  seen('unit: video', 'unit: video, per: ¦0', 'per must be a whole number from 1 to 1000000'),
  seen('unit: video', 'unit: video, round: ¦down', 'round must be one of exact, up'),
  unseen('count: { unit: video', '¦strength: { unit: video', 'strength must be required or have a default'),
  unseen('count: { unit: video', '¦prompt: { unit: video', 'must have min_length: 1, or an empty text is free'),
  unseen('count: { unit: video', '¦with_audio: { unit: video', 'with_audio already has a place in the price'),
]

const ENGINE = 'engine: { name: local, settings: { task: motion } }'
const route = (fields: string) => `routes: [{ engine: local, ${fields} }]`

const ROUTES: readonly BadModelFile[] = [
  seen(ENGINE, `${ENGINE}\n¦routes: [{ engine: fal }]`, 'a model has either engine or routes'),
  seen(ENGINE, 'routes: ¦[]', 'routes must not be empty'),
  seen(ENGINE, `¦routes: [${'{ engine: a }, '.repeat(9)}]`, 'routes must have at most 8 items'),
  seen(ENGINE, 'routes: [¦{ settings: {} }]', 'a route lacks the field engine'),
  seen(ENGINE, route('¦name: fal'), 'unknown field name; a route takes engine, settings, when, input'),
  seen(ENGINE, 'routes: [{ engine: ¦Local }]', 'route: engine must look like'),
  unseen(ENGINE, route('when: { ¦size: [1] }'), 'when: there is no parameter size'),
  seen(ENGINE, route('when: { image_url: ¦present }'), 'image_url: write a list of values, or it must be one of given'),
  seen(ENGINE, route('when: { duration: ¦[] }'), 'when: duration must not be empty'),
  unseen(ENGINE, route('when: { duration: [¦5] }'), 'when: duration must be one of 4, 8, got 5'),
  unseen(ENGINE, route('when: { image_urls: ¦[a] }'), 'when: image_urls is an array: it can only be given or absent'),
  unseen(ENGINE, route('input: { omit: [¦size] }'), 'omit: there is no parameter size'),
  unseen(ENGINE, route('input: { rename: { ¦size: s } }'), 'rename: there is no parameter size'),
  seen(ENGINE, route('input: { rename: { count: ¦5 } }'), 'rename: count must be a text'),
  seen(ENGINE, route('input: { ¦only: [count] }'), 'unknown field only; input takes omit, rename, set, compute'),
  unseen(ENGINE, route('input: { compute: { n: ¦"1 +" } }'), 'compute: n: Unexpected end of expression'),
  unseen(ENGINE, route('input: { compute: { n: ¦"$match(prompt, /a/)" } }'), 'regular expressions are not supported'),
  seen(ENGINE, `${ENGINE}\nrejected_content: ¦free`, 'rejected_content must be one of refunded, charged'),
]

/** Model files with one mistake each. */
export const BAD_MODEL_FILES: readonly BadModelFile[] = [...FRAME, ...ROUTES, ...PARAMETERS, ...PRICES]
