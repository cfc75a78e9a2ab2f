import { GlobalFonts } from '@napi-rs/canvas'
import { type FontFace, type FontKind, type HanKind, listFontFaces } from './font-catalogue.ts'
import { readCoverage } from './read-coverage.ts'

/** All faces as one language wants to have them tried, and what was found in that order. */
interface Order {
  faces: readonly FontFace[]
  found: Map<string, FontFace | undefined>
}

const faces = listFontFaces()
/** Which kinds of faces are tried first; the Han faces of the text's own language come before the others. */
const RANKS: Record<FontKind, number> = { latin: 0, script: 1, sc: 2, jp: 3, tc: 4, kr: 5, emoji: 6, symbols: 7 }
const orders = new Map<HanKind, Order>()
const registered = new Set<FontFace>()
const coverages = new Map<FontFace, Set<number>>()
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Whether a cluster is to be drawn in colour: it is so by default, or asks for it. */
const COLOURED = /^\p{RGI_Emoji}|^\p{Emoji_Presentation}|\ufe0f/v
/** Characters that choose or join glyphs and have none of their own. */
const VARIATIONS = new Set([0xfe0e, 0xfe0f])
const JOINER = '\u200d'
const JOINING = new Set([0x200c, 0x200d, ...VARIATIONS])

/** The visible characters of a text, each with its accents, joiners and variation marks. */
export function clustersOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

/** Whether one face has all of a cluster; one without would be drawn as an empty box. */
export function isDrawable(cluster: string): boolean {
  return findFace(cluster, orderFor('sc')) !== undefined
}

/**
 * Loads the faces a text needs and names them in the form `ctx.font` takes. Only what is needed: a long list of
 * families makes every measurement slow, and Asian fonts come in over a hundred files.
 */
export function fontFamiliesFor(text: string): string {
  const order = orderFor(languageOf(text))
  const needed = new Set<FontFace>()
  const joining = new Set<FontFace>()
  for (const cluster of new Set(['A', ...clustersOf(text)])) {
    const face = findFace(cluster, order)
    if (face) needed.add(face)
    if (face?.kind === 'emoji' && cluster.includes(JOINER)) joining.add(face)
  }
  for (const face of needed) register(face)
  // A face with the parts of a joined emoji but not the whole would draw them in a row, so it must not come first.
  const others = order.faces.filter((face) => needed.has(face) && !joining.has(face))
  const firstEmoji = others.findIndex(({ kind }) => kind === 'emoji' || kind === 'symbols')
  others.splice(firstEmoji < 0 ? others.length : firstEmoji, 0, ...joining)
  return others.map((face) => `"${face.family}"`).join(', ')
}

function orderFor(language: HanKind): Order {
  let order = orders.get(language)
  if (order === undefined) {
    const rank = (kind: FontKind): number => (kind === language ? RANKS.script + 0.5 : RANKS[kind])
    order = { faces: [...faces].sort((a, b) => rank(a.kind) - rank(b.kind)), found: new Map() }
    orders.set(language, order)
  }
  return order
}

/** Kana mean Japanese, Hangul Korean and Bopomofo Taiwanese forms of Han characters; otherwise mainland ones. */
export function languageOf(text: string): HanKind {
  if (/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text)) return 'jp'
  if (/\p{sc=Hangul}/u.test(text)) return 'kr'
  return /\p{sc=Bopomofo}/u.test(text) ? 'tc' : 'sc'
}

/** Remembers what it found: a long text has the same clusters again and again, and there are hundreds of faces. */
function findFace(cluster: string, ordered: Order): FontFace | undefined {
  if (!ordered.found.has(cluster)) ordered.found.set(cluster, searchFace(cluster, ordered.faces))
  return ordered.found.get(cluster)
}

function searchFace(cluster: string, ordered: readonly FontFace[]): FontFace | undefined {
  const all = Array.from(cluster, (character) => character.codePointAt(0) ?? 0)
  const visible = all.filter((codePoint) => !JOINING.has(codePoint))
  if (visible.length === 0) return undefined
  const fits = (face: FontFace): boolean => {
    // Only the emoji face that is meant for the joiner as well has the joined picture.
    const needed = face.kind === 'emoji' ? all.filter((codePoint) => !VARIATIONS.has(codePoint)) : visible
    return (
      needed.every((codePoint) => isMeantFor(face, codePoint)) &&
      needed.every((codePoint) => coverageOf(face).has(codePoint))
    )
  }
  const isColoured = COLOURED.test(cluster)
  return ordered.find((face) => (face.kind === 'emoji') === isColoured && fits(face)) ?? ordered.find(fits)
}

function isMeantFor(face: FontFace, codePoint: number): boolean {
  return face.ranges.some(([first, last]) => codePoint >= first && codePoint <= last)
}

function coverageOf(face: FontFace): Set<number> {
  let coverage = coverages.get(face)
  if (coverage === undefined) {
    coverage = readCoverage(face.file)
    coverages.set(face, coverage)
  }
  return coverage
}

function register(face: FontFace): void {
  if (registered.has(face)) return
  if (!GlobalFonts.registerFromPath(face.file, face.family)) throw new Error(`Cannot load the font ${face.file}`)
  registered.add(face)
}
