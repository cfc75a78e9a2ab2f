import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** One font file and the characters it is meant for. */
export interface FontFace {
  /** Its own family name: files that share one are not tried in turn for a missing character. */
  family: string
  file: string
  /** Pairs of first and last code point, both included; more than it has: see `readCoverage`. */
  ranges: readonly (readonly [first: number, last: number])[]
  kind: FontKind
}

/** What a face is for. Han characters look different in each language, so their faces are ordered by the text. */
export type FontKind = 'latin' | 'script' | 'emoji' | 'symbols' | HanKind

/** The languages whose faces have Han characters. */
export type HanKind = 'jp' | 'kr' | 'sc' | 'tc'

const require = createRequire(import.meta.url)
const INTER = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese']
const HAN: readonly HanKind[] = ['sc', 'jp', 'tc', 'kr']
/** The scripts of living national languages that share no face; each package has a subset of the same name. */
const SCRIPTS = [
  ...['arabic', 'hebrew', 'thai', 'lao', 'khmer', 'myanmar', 'armenian', 'georgian', 'ethiopic'],
  ...['devanagari', 'bengali', 'tamil', 'telugu', 'gujarati', 'gurmukhi', 'kannada', 'malayalam', 'sinhala'],
]

/** All faces there are. To typeset another script add its package here; faces load only when a text needs them. */
export function listFontFaces(): FontFace[] {
  return [
    ...listPack('@fontsource-variable/inter', 'latin', (subset) => `inter-${subset}-opsz-normal`, INTER),
    ...SCRIPTS.flatMap((script) => listNoto(`noto-sans-${script}`, 'script', [script])),
    ...HAN.flatMap((language) => listNoto(`noto-sans-${language}`, language)),
    ...listEmoji(),
    ...listPack('@fontsource/noto-sans-symbols-2', 'symbols', (subset) => `noto-sans-symbols-2-${subset}-400-normal`, [
      'symbols',
      'math',
      'braille',
    ]),
    ...listNoto('noto-sans-symbols', 'symbols', ['symbols']),
  ]
}

function listNoto(name: string, kind: FontKind, subsets?: readonly string[]): FontFace[] {
  return listPack(`@fontsource-variable/${name}`, kind, (subset) => `${name}-${subset}-wght-normal`, subsets)
}

/** The faces of a package that lists the ranges of its subsets in `unicode.json`; numbered subsets stand in brackets. */
function listPack(
  packageName: string,
  kind: FontKind,
  fileOf: (subset: string) => string,
  subsets?: readonly string[],
): FontFace[] {
  const index = require.resolve(`${packageName}/unicode.json`)
  const ranges = new Map(
    Object.entries(JSON.parse(readFileSync(index, 'utf8')) as Record<string, string>).map(([subset, text]) => [
      subset.replace(/[[\]]/g, ''),
      text,
    ]),
  )
  return (subsets ?? [...ranges.keys()]).map((subset) => ({
    family: `${packageName.split('/').at(-1)} ${subset}`,
    file: join(dirname(index), 'files', `${fileOf(subset)}.woff2`),
    ranges: parseRanges(ranges.get(subset) ?? ''),
    kind,
  }))
}

/** The colour emoji, cut so that all parts of a joined one are in one file; ranges stand in its style sheet, later first. */
function listEmoji(): FontFace[] {
  const sheet = require.resolve('@infolektuell/noto-color-emoji')
  const faces = [...readFileSync(sheet, 'utf8').matchAll(/@font-face\s*\{([^}]*)\}/g)].map(([, rule = '']) => {
    const file = /url\(["']?([^"')]+)/.exec(rule)?.[1] ?? ''
    const ranges = parseRanges(/unicode-range:([^;]+)/.exec(rule)?.[1] ?? '')
    return { family: `noto-color-emoji ${file}`, file: join(dirname(sheet), file), ranges, kind: 'emoji' as const }
  })
  return faces.reverse()
}

/** Reads the CSS notation: `U+0000-00FF,U+0131`. */
function parseRanges(text: string): [number, number][] {
  return text.split(',').map((range) => {
    const [first = '0', last = first] = range.trim().replace(/U\+/i, '').split('-')
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
  })
}
