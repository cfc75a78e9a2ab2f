import { type Static, Type } from 'typebox'

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
  description: 'One value a parameter can take.',
})

const valueRules = {
  type: Type.Enum(['string', 'number', 'integer', 'boolean', 'array', 'object'], {
    description: 'JSON type of the value. Nothing is converted: the string "4" is not the number 4.',
  }),
  description: Type.Optional(Type.String({ description: 'What the parameter does, for people.' })),
  enum: Type.Optional(
    Type.Array(Type.Union([Type.String(), Type.Number()]), {
      description: 'The only values allowed, best known first.',
    }),
  ),
  minimum: Type.Optional(Type.Number({ description: 'Smallest number allowed.' })),
  maximum: Type.Optional(Type.Number({ description: 'Largest number allowed.' })),
  min_length: Type.Optional(Type.Integer({ description: 'Fewest characters allowed, counted in code points.' })),
  max_length: Type.Optional(Type.Integer({ description: 'Most characters allowed, counted in code points.' })),
  format: Type.Optional(
    Type.Enum(['uri'], { description: '`uri`: an absolute http or https URL that names no private address.' }),
  ),
}

const ItemDescriptor = Type.Object(valueRules, { description: 'What each item of an array must be.' })

/** How one field of a model's input is checked; the same rules hold at estimate and at submit. */
export const ParameterDescriptor = Type.Object(
  {
    ...valueRules,
    required: Type.Boolean({ description: 'Whether a request without this field is refused.' }),
    default: Type.Optional(
      Type.Unknown({ description: 'Value used, priced and rendered when the field is left out. Absent: no default.' }),
    ),
    items: Type.Optional(ItemDescriptor),
    min_items: Type.Optional(Type.Integer({ description: 'Fewest items of an array.' })),
    max_items: Type.Optional(Type.Integer({ description: 'Most items of an array.' })),
  },
  { title: 'ParameterDescriptor', description: 'One field of a model input: its type and what it may hold.' },
)

/** See {@link ParameterDescriptor}. */
export type ParameterDescriptor = Static<typeof ParameterDescriptor>

const CountDescriptor = Type.Object(
  {
    param: Type.String({ description: 'The parameter that is counted.' }),
    unit: Type.String({ description: 'What one of it is: `image`, `second`, `character`.' }),
    per: Type.Integer({ description: 'How many units the price is for; usually 1, 1000 for thousands of characters.' }),
    rounding: Type.Enum(['exact', 'up'], { description: '`up`: a started portion counts as a whole one.' }),
  },
  { description: 'A parameter the price is multiplied by.' },
)

/** What a model costs, in credits; for information, an estimate gives the price of one input. */
export const Pricing = Type.Object(
  {
    credits: Type.Integer({
      description: 'Price with the defaults, in whole credits; `note` says what was taken for a field without default.',
    }),
    credits_base: Type.Number({ description: 'Price before multipliers and counts, in credits; may be a fraction.' }),
    multipliers: Type.Record(Type.String(), Type.Record(Type.String(), Type.Number()), {
      description:
        'Factor on `credits_base` by parameter and value. Derived and rounded where the model has absolute prices.',
    }),
    counts: Type.Optional(
      Type.Array(CountDescriptor, { description: 'Parameters the price is multiplied by, such as seconds.' }),
    ),
    note: Type.Optional(Type.String({ description: 'How to read the price, for people.' })),
  },
  { title: 'Pricing', description: 'What a model costs, in credits.' },
)

/** See {@link Pricing}. */
export type Pricing = Static<typeof Pricing>

const entryFields = {
  slug: Type.String({ description: 'Name in paths; may hold a slash, percent-encode it: `google%2Fimagen4`.' }),
  type: Type.String({ description: 'What it makes: `image`, `video` or `audio`; more may come.' }),
  name: Type.String({ description: 'Name for people.' }),
  description: Type.Optional(Type.String({ description: 'What it is good for, for people.' })),
  capabilities: Type.Array(Type.String(), { description: 'What it can do: `text-to-image`, `image-to-video`, ...' }),
  pricing: Pricing,
  available: Type.Optional(
    Type.Boolean({ description: 'Whether a live submit would run here; sent to test keys only.' }),
  ),
}

/** A model in the list of models. */
export const ModelEntry = Type.Object(entryFields, {
  title: 'ModelEntry',
  description: 'A model of the catalogue: what it makes and what it costs.',
})

/** See {@link ModelEntry}. */
export type ModelEntry = Static<typeof ModelEntry>

/** One model with the schema of its input. */
export const ModelDetail = Type.Object(
  {
    ...entryFields,
    input_schema: Type.Record(Type.String(), ParameterDescriptor, {
      description: 'Every field `input` may hold, by name, in the order to show them. Others are refused.',
    }),
  },
  { title: 'ModelDetail', description: 'A model of the catalogue with the schema of its input.' },
)

/** See {@link ModelDetail}. */
export type ModelDetail = Static<typeof ModelDetail>

/** Answer of the list of models. */
export const ModelList = Type.Object(
  { data: Type.Array(ModelEntry, { description: 'The models, in order of their slugs.' }) },
  { title: 'ModelList', description: 'The models this key can use.' },
)

/** See {@link ModelList}. */
export type ModelList = Static<typeof ModelList>

/** How a price came about: base x factors x counts, rounded up once to a whole credit. */
export const PriceBreakdown = Type.Object(
  {
    base: Type.Number({ description: 'Price before factors and counts, in credits; may be a fraction.' }),
    base_for: Type.Optional(
      Type.Record(Type.String(), Value, {
        description: 'The parameter values that chose `base`, where the model has absolute prices.',
      }),
    ),
    factors: Type.Array(
      Type.Object({
        param: Type.String({ description: 'The parameter.' }),
        value: Value,
        factor: Type.Number({ description: 'What this value multiplies the price by.' }),
      }),
      { description: 'One factor a priced parameter, in the order of the model.' },
    ),
    counts: Type.Array(
      Type.Object({
        param: Type.String({ description: 'The parameter.' }),
        value: Type.Number({ description: 'How many units are paid.' }),
        unit: Type.String({ description: 'What is counted: `image`, `second`, `1000 characters`.' }),
      }),
      { description: 'What the price is multiplied by, in the order of the model.' },
    ),
    exact: Type.String({ description: 'The product before rounding, as an exact decimal: `37.6`.' }),
    credits: Type.Integer({ description: 'The price: `exact` rounded up to a whole credit.' }),
  },
  { title: 'PriceBreakdown', description: 'How a price came about, in credits.' },
)

/** See {@link PriceBreakdown}. */
export type PriceBreakdown = Static<typeof PriceBreakdown>

/** Answer of an estimate: what a submit of this input costs. */
export const Estimate = Type.Object(
  {
    credits: Type.Integer({ description: 'Price of the input, in whole credits.' }),
    breakdown: PriceBreakdown,
    input: Type.Record(Type.String(), Type.Unknown(), {
      description: 'The input as it is priced and rendered: checked, with the defaults filled in.',
    }),
    price_version: Type.String({ description: 'Changes when the rules for prices or inputs of this model change.' }),
    quote: Type.String({ description: 'Opaque and signed: given at submit, this price holds until it expires.' }),
    quote_expires_at: Type.String({ format: 'date-time', description: 'When `quote` ends, ISO 8601 in UTC.' }),
  },
  { title: 'Estimate', description: 'The price of one input; nothing is queued or charged.' },
)

/** See {@link Estimate}. */
export type Estimate = Static<typeof Estimate>
