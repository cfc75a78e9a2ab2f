/** The colours of planar frames made here; players read it from the file. */
export const FRAME_COLORS = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false } as const

/** How many bytes a planar frame has: full brightness, and two colour planes of half width and height. */
export function planarSize(width: number, height: number): number {
  return (width * height * 3) / 2
}

/**
 * Turns RGBA pixels into a planar frame (I420) by the rule of HD television (BT.709, limited range). The codec could
 * convert by itself, but then labels the film as RGB and players show wrong colours. Sizes are even.
 */
export function toPlanar(rgba: Uint8Array, frame: Uint8Array, width: number, height: number): void {
  const blue = width * height
  const red = blue + blue / 4
  let chroma = 0
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      let r = 0
      let g = 0
      let b = 0
      for (let corner = 0; corner < 4; corner += 1) {
        const place = (row + (corner >> 1)) * width + column + (corner & 1)
        const r1 = rgba[place * 4] ?? 0
        const g1 = rgba[place * 4 + 1] ?? 0
        const b1 = rgba[place * 4 + 2] ?? 0
        // Fixed point with 16 bits: 16 + 0.1826 r + 0.6142 g + 0.0620 b, rounded.
        frame[place] = (11966 * r1 + 40254 * g1 + 4064 * b1 + 1081344) >> 16
        r += r1
        g += g1
        b += b1
      }
      frame[blue + chroma] = (-6596 * r - 22189 * g + 28784 * b + 33685504) >> 18
      frame[red + chroma] = (28784 * r - 26145 * g - 2639 * b + 33685504) >> 18
      chroma += 1
    }
  }
}
