/** How many characters a text has, in code points: an emoji of one code point is one, however it is encoded. */
export function countCharacters(text: string): number {
  let count = text.length
  for (let index = 0; index < text.length - 1; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) !== 0xd800) continue
    if ((text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      count -= 1
      index += 1
    }
  }
  return count
}

/** A short piece of a stranger's text that is safe in a message: no control, format or broken characters. */
export function clip(text: string, limit = 64): string {
  const clean = text.slice(0, limit * 8).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
  const characters = Array.from(clean)
  const isWhole = characters.length <= limit && text.length <= limit * 8
  return isWhole ? clean : `${characters.slice(0, limit - 1).join('')}…`
}
