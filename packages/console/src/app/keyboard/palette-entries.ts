/** Something the palette can do. */
export interface PaletteEntry {
  id: string
  /** What stands in the list. */
  title: string
  /** Beside it, smaller: a slug, a kind. */
  note?: string
  /** Words that find it besides. */
  words?: string
  run: () => void
}

const MOST_SHOWN = 30

/**
 * The entries that every word of the text is in, those that begin with it first, else in their own order. Nothing typed
 * finds all.
 */
export function findEntries(entries: readonly PaletteEntry[], text: string): PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = entries.filter(({ title, note = '', words: more = '' }) => {
    const haystack = `${title} ${note} ${more}`.toLowerCase()
    return words.every((word) => haystack.includes(word))
  })
  const first = words[0]
  const rank = ({ title, note = '' }: PaletteEntry) =>
    first !== undefined && (title.toLowerCase().startsWith(first) || note.toLowerCase().startsWith(first)) ? 0 : 1
  return found.sort((left, right) => rank(left) - rank(right)).slice(0, MOST_SHOWN)
}
