import { useLayoutEffect, useSyncExternalStore } from 'react'
import { usePreference } from './preferences.ts'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

function subscribe(listener: () => void): () => void {
  dark.addEventListener('change', listener)
  return () => dark.removeEventListener('change', listener)
}

/** Keeps the page in the theme the reader chose, or else the system's. */
export function useTheme(): void {
  const [chosen] = usePreference('theme')
  const isSystemDark = useSyncExternalStore(subscribe, () => dark.matches)
  const theme = chosen ?? (isSystemDark ? 'dark' : 'light')
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
}
