import { useSyncExternalStore } from 'react'

/** What a reader chose, kept in the browser. Null: not chosen. */
export interface Preferences {
  language: 'en' | 'ru'
  theme: 'light' | 'dark'
  mode: 'live' | 'test'
  /** Whether single keys do something. */
  shortcuts: 'on' | 'off'
}

const ALLOWED: { readonly [Name in keyof Preferences]: readonly Preferences[Name][] } = {
  language: ['en', 'ru'],
  theme: ['light', 'dark'],
  mode: ['live', 'test'],
  shortcuts: ['on', 'off'],
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** What was chosen, read once. */
export function readPreference<Name extends keyof Preferences>(name: Name): Preferences[Name] | null {
  const stored = localStorage.getItem(`clipia.${name}`)
  return ALLOWED[name].find((value) => value === stored) ?? null
}

/** A preference and its setter; every place that reads it follows. Null forgets the choice. */
export function usePreference<Name extends keyof Preferences>(
  name: Name,
): [Preferences[Name] | null, (value: Preferences[Name] | null) => void] {
  const value = useSyncExternalStore(subscribe, () => readPreference(name))
  return [
    value,
    (chosen) => {
      if (chosen === null) localStorage.removeItem(`clipia.${name}`)
      else localStorage.setItem(`clipia.${name}`, chosen)
      for (const listener of listeners) listener()
    },
  ]
}
