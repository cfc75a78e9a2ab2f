import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** One font file and the characters it draws. */
export interface FontFace {
  /** Its own family name: files that share one are not tried in turn for a missing character. */
  family: string
  file: string
  /** Pairs of first and last code point, both included. */
  ranges: readonly (readonly [first: number, last: number])[]
}

interface FontPack {
  /** The npm package; it has a `unicode.json` with the ranges of each subset. */
  name: string
  /** In the order in which they are tried. */
  subsets: readonly string[]
  fileOf(subset: string): string
}

/** To typeset another script add its package here; faces are only loaded for prompts that need them. */
const PACKS: readonly FontPack[] = [
  {
    name: '@fontsource-variable/inter',
    subsets: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'],
    fileOf: (subset) => `files/inter-${subset}-opsz-normal.woff2`,
  },
]

/** All faces there are, in the order in which a character looks for one. */
export function listFontFaces(): FontFace[] {
  return PACKS.flatMap((pack) => {
    const require = createRequire(import.meta.url)
    const index = require.resolve(`${pack.name}/unicode.json`)
    const ranges = JSON.parse(readFileSync(index, 'utf8')) as Record<string, string>
    return pack.subsets.map((subset) => ({
      family: `${pack.name.split('/').at(-1)} ${subset}`,
      file: join(dirname(index), pack.fileOf(subset)),
      ranges: parseRanges(ranges[subset] ?? ''),
    }))
  })
}

/** Reads the CSS notation: `U+0000-00FF,U+0131`. */
function parseRanges(text: string): [number, number][] {
  return text.split(',').map((range) => {
    const [first = '0', last = first] = range.trim().replace('U+', '').split('-')
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
  })
}
