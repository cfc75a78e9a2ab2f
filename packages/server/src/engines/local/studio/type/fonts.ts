import { GlobalFonts } from '@napi-rs/canvas'
import { type FontFace, listFontFaces } from './font-catalogue.ts'

const faces = listFontFaces()
const registered = new Set<FontFace>()

/** Whether a font has this character; one without would be drawn as an empty box. */
export function isDrawable(character: string): boolean {
  return findFace(character.codePointAt(0) ?? 0) !== undefined
}

/**
 * Loads the faces a text needs and names them in the form `ctx.font` takes. Only what is needed: a long list of
 * families makes every measurement slow, and Asian fonts come in over a hundred files.
 */
export function fontFamiliesFor(text: string): string {
  const needed = new Set<FontFace>()
  for (const character of `Aa${text}`) {
    const face = findFace(character.codePointAt(0) ?? 0)
    if (face) needed.add(face)
  }
  for (const face of needed) register(face)
  return faces.flatMap((face) => (needed.has(face) ? [`"${face.family}"`] : [])).join(', ')
}

function findFace(codePoint: number): FontFace | undefined {
  return faces.find((face) => face.ranges.some(([first, last]) => codePoint >= first && codePoint <= last))
}

function register(face: FontFace): void {
  if (registered.has(face)) return
  if (!GlobalFonts.registerFromPath(face.file, face.family)) throw new Error(`Cannot load the font ${face.file}`)
  registered.add(face)
}
