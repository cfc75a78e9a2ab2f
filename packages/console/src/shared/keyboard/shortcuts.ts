import { useEffect, useRef } from 'react'
import type { MessageName } from '../i18n/messages-en.ts'
import { readPreference } from '../preferences/preferences.ts'
import { matchKeys, nameOf } from './match-keys.ts'

/** A key, or a few one after another, that do something. */
export interface Shortcut {
  /** `j`, `g p`, `mod+k`. */
  keys: string
  label: MessageName
  run: () => void
}

/** How long a sequence waits for its next key, in milliseconds. */
const WAIT_MS = 1_200

const registered = new Set<{ current: readonly Shortcut[] }>()

/** Every shortcut that works now: those of the frame first, then those of the page. */
export function listShortcuts(): Shortcut[] {
  return [...registered].flatMap(({ current }) => current)
}

/** Makes shortcuts work while the component is shown. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    registered.add(latest)
    return () => {
      registered.delete(latest)
    }
  }, [])
}

/** Whether keys go into a text there, or choose something. */
function takesKeys(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/**
 * Listens for shortcuts. Single keys stay out of the way of typing and of open dialogs, and the reader can switch them
 * off (WCAG 2.1.4); combinations with Control or Command always work.
 */
export function useShortcutListener(): void {
  useEffect(() => {
    let pressed: string[] = []
    let lastAt = 0
    const onKeyDown = (event: KeyboardEvent) => {
      const name = nameOf(event)
      if (name === null || event.defaultPrevented || event.isComposing) return
      const isSingle = !name.startsWith('mod+')
      const isOff = readPreference('shortcuts') === 'off'
      if (isSingle && (isOff || takesKeys(event.target))) return
      if (document.querySelector('dialog[open]') !== null) return
      const isLate = event.timeStamp - lastAt > WAIT_MS
      lastAt = event.timeStamp
      pressed = isLate ? [name] : [...pressed, name]
      const { found, isBegun } = matchKeys(pressed, listShortcuts())
      if (!isBegun) pressed = []
      if (found === undefined) return
      event.preventDefault()
      found.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
