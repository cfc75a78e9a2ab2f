/** A whole number given as a flag. Throws a message that names the flag. */
export function readWholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${flag} must be a whole number, got "${text.slice(0, 32)}"`)
  return Number(text)
}
