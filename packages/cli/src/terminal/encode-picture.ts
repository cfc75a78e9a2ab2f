import type { PictureProtocol } from './picture-protocol.ts'

/** Kitty takes no more base64 in one escape sequence. */
const KITTY_CHUNK = 4_096

/**
 * The escape sequences that show a PNG among the text, at most `rows` lines high (iTerm2 keeps the proportions; kitty is
 * told the columns or rows to fit, whichever is the tighter).
 */
export function encodePicture(
  protocol: PictureProtocol,
  png: Uint8Array,
  { columns, rows }: { columns: number; rows: number },
): string {
  const data = Buffer.from(png).toString('base64')
  if (protocol === 'iterm2') {
    return `\x1b]1337;File=inline=1;size=${png.length};height=${rows};preserveAspectRatio=1:${data}\x07\n`
  }
  const chunks = data.match(new RegExp(`.{1,${KITTY_CHUNK}}`, 'g')) ?? []
  const fit = fitCells(png, columns, rows)
  const sequences = chunks.map((chunk, index) => {
    const control = index === 0 ? `a=T,f=100,q=2,${fit},` : ''
    return `\x1b_G${control}m=${index < chunks.length - 1 ? 1 : 0};${chunk}\x1b\\`
  })
  return `${sequences.join('')}\n`
}

/** A cell is about twice as high as it is wide. */
function fitCells(png: Uint8Array, columns: number, rows: number): string {
  const size = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const [width, height] = [size.getUint32(16), size.getUint32(20)]
  return (width / height) * rows * 2 > columns ? `c=${columns}` : `r=${rows}`
}

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** Whether bytes are a PNG, the one kind both protocols take. */
export function isPng(bytes: Uint8Array): boolean {
  return bytes.length > 24 && PNG_SIGNATURE.equals(bytes.subarray(0, PNG_SIGNATURE.length))
}
