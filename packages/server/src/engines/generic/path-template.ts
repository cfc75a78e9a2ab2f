import type { JsonValue } from '../../json.ts'

/** What may stand between the braces of a path. */
export interface PathValues {
  request_id: string
  model: string
  ticket: string | null
  settings: Readonly<Record<string, JsonValue>>
}

/** A path with places for values, such as `/jobs/{ticket}`. */
export interface PathTemplate {
  /** Settings it needs of a route. */
  settings: readonly string[]
  /** Fills it in; throws for a value that is missing or would lead elsewhere. */
  fill(values: PathValues): string
}

const PLACE = /\{([a-z_]+(?:\.[a-z_][a-z0-9_]*)?)\}/g
const PLAIN_PLACES = ['request_id', 'model', 'ticket'] as const

/** Reads a path; throws a message that says what is wrong with it. */
export function parsePathTemplate(text: string): PathTemplate {
  const places = [...text.matchAll(PLACE)].map(([, name = '']) => name)
  const rest = text.replaceAll(PLACE, 'x')
  if (!/^\/[\w./~:@!$&'()*+,;=%?-]*$/.test(rest)) throw new Error('must be a path such as /jobs/{ticket}')
  const unknown = places.find((name) => !name.startsWith('settings.') && !PLAIN_PLACES.some((plain) => plain === name))
  if (unknown !== undefined) {
    throw new Error(`{${unknown}} is not known; there are {${PLAIN_PLACES.join('}, {')}} and {settings.<name>}`)
  }
  const [path = '', ...query] = text.split('?')
  return {
    settings: places.filter((name) => name.startsWith('settings.')).map((name) => name.slice('settings.'.length)),
    fill(values) {
      const filled = path.replaceAll(PLACE, (_, name: string) => encodePath(findValue(name, values)))
      if (query.length === 0) return filled
      return `${filled}?${query.join('?').replaceAll(PLACE, (_, name: string) => encodeURIComponent(findValue(name, values)))}`
    },
  }
}

function findValue(name: string, values: PathValues): string {
  const value = name.startsWith('settings.')
    ? values.settings[name.slice('settings.'.length)]
    : values[name as (typeof PLAIN_PLACES)[number]]
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '') throw new Error(`there is no ${name}`)
  return String(value)
}

/** Slashes stay, as in names of models; a dot segment would lead elsewhere. */
function encodePath(value: string): string {
  const segments = value.split('/')
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    throw new Error('a value of a path must not have empty or dot segments')
  }
  return segments.map(encodeURIComponent).join('/')
}
