import { useSyncExternalStore } from 'react'

/** What a reader chose, kept in the browser. Null: not chosen. */
export interface Preferences {
  language: 'en' | 'ru'
  theme: 'light' | 'dark'
  mode: 'live' | 'test'
}

const ALLOWED: { readonly [Name in keyof Preferences]: readonly Preferences[Name][] } = {
  language: ['en', 'ru'],
  theme: ['light', 'dark'],
  mode: ['live', 'test'],
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

function read<Name extends keyof Preferences>(name: Name): Preferences[Name] | null {
  const stored = localStorage.getItem(`clipia.${name}`)
  return ALLOWED[name].find((value) => value === stored) ?? null
}

/** A preference and its setter; every place that reads it follows. Null forgets the choice. */
export function usePreference<Name extends keyof Preferences>(
  name: Name,
): [Preferences[Name] | null, (value: Preferences[Name] | null) => void] {
  const value = useSyncExternalStore(subscribe, () => read(name))
  return [
    value,
    (chosen) => {
      if (chosen === null) localStorage.removeItem(`clipia.${name}`)
      else localStorage.setItem(`clipia.${name}`, chosen)
      for (const listener of listeners) listener()
    },
  ]
}
