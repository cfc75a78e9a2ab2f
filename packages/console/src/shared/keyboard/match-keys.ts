/** What a key press was, as far as shortcuts care. */
export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** The name of a press in shortcuts: `mod+k` with Control or Command, else the character; null with other modifiers. */
export function nameOf({ key, ctrlKey, metaKey, altKey }: Press): string | null {
  if (altKey) return null
  return ctrlKey || metaKey ? `mod+${key.toLowerCase()}` : key
}

/**
 * Finds what the last presses mean. `pressed` is the sequence so far, oldest first; answers the shortcut it ends with,
 * else whether it may still become one.
 */
export function matchKeys<T extends { keys: string }>(
  pressed: readonly string[],
  shortcuts: readonly T[],
): { found: T | undefined; isBegun: boolean } {
  const whole = pressed.join(' ')
  const found = shortcuts.find(({ keys }) => keys === whole) ?? shortcuts.find(({ keys }) => keys === pressed.at(-1))
  return { found, isBegun: found === undefined && shortcuts.some(({ keys }) => keys.startsWith(`${whole} `)) }
}
