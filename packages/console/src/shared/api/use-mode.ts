import type { Mode } from '@clipia/contract'
import { usePreference } from '../preferences/preferences.ts'

/** The mode the reader looks at, and its setter. Calls of the API go to `/${mode}/...`. */
export function useMode(): [Mode, (mode: Mode) => void] {
  const [mode, setMode] = usePreference('mode')
  return [mode ?? 'live', setMode]
}
