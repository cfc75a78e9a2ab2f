import type { ParameterDescriptor } from '@clipia/contract'

/** How a field is edited. */
export type FieldKind =
  | 'ratio'
  | 'choice'
  | 'select'
  | 'slider'
  | 'number'
  | 'switch'
  | 'text'
  | 'media'
  | 'media-list'
  | 'text-list'
  | 'json'

const RATIO = /^\d{1,3}:\d{1,3}$/
/** So many options fit side by side. */
const MOST_CHOICES = 5
/** A slider with more stops than this is harder to set than a number is to type. */
const MOST_STOPS = 400

/** The editor that suits a field, by its descriptor alone. */
export function kindOf(rule: ParameterDescriptor): FieldKind {
  const { type, enum: options, minimum, maximum, format, items } = rule
  if (options !== undefined) {
    if (options.every((option) => typeof option === 'string' && RATIO.test(option))) return 'ratio'
    const isShort = options.length <= MOST_CHOICES && options.join('').length <= 32
    return isShort ? 'choice' : 'select'
  }
  switch (type) {
    case 'boolean':
      return 'switch'
    case 'number':
    case 'integer': {
      const isBounded = minimum !== undefined && maximum !== undefined
      return isBounded && maximum - minimum <= MOST_STOPS ? 'slider' : 'number'
    }
    case 'array':
      if (items?.format === 'uri') return 'media-list'
      return items?.type === 'string' ? 'text-list' : 'json'
    case 'object':
      return 'json'
    default:
      return format === 'uri' ? 'media' : 'text'
  }
}

/** What a media field takes, told by its name: the descriptor only says that it is a URL. */
export function mediaTypeOf(name: string): 'image' | 'video' | 'audio' {
  if (name.includes('video')) return 'video'
  return name.includes('audio') || name.includes('voice') || name.includes('sound') ? 'audio' : 'image'
}
