import { lazy, Suspense, useCallback } from 'react'
import { useLocation } from 'wouter'
import { useMode } from '../../shared/api/use-mode.ts'
import { type Shortcut, useShortcutListener, useShortcuts } from '../../shared/keyboard/shortcuts.ts'
import { SECTIONS } from '../sections.ts'

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })))
const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog.tsx').then((module) => ({ default: module.ShortcutsDialog })),
)

/** What the keyboard opened over the page. */
export type KeyboardPanel = 'palette' | 'help' | null

interface KeyboardProps {
  isOwner: boolean
  open: KeyboardPanel
  onOpen: (panel: KeyboardPanel) => void
}

/** The keys that work on every page, and what they open. */
export function Keyboard({ isOwner, open, onOpen }: KeyboardProps) {
  const [, navigate] = useLocation()
  const [mode, setMode] = useMode()
  useShortcutListener()
  const close = useCallback(() => onOpen(null), [onOpen])
  const jumps = SECTIONS.flatMap(({ menu, isForOwners = false }): Shortcut[] =>
    menu?.jump === undefined || (isForOwners && !isOwner)
      ? []
      : [{ keys: `g ${menu.jump}`, label: menu.label, run: () => navigate(menu.href) }],
  )
  useShortcuts([
    { keys: 'mod+k', label: 'palette.title', run: () => onOpen('palette') },
    { keys: '/', label: 'shortcuts.search', run: () => focusSearch() || onOpen('palette') },
    { keys: '?', label: 'shortcuts.title', run: () => onOpen('help') },
    { keys: 'm', label: 'shortcuts.mode', run: () => setMode(mode === 'live' ? 'test' : 'live') },
    ...jumps,
  ])
  return (
    <Suspense fallback={null}>
      {open === 'palette' && <Palette isOwner={isOwner} onHelp={() => onOpen('help')} onClose={close} />}
      {open === 'help' && <ShortcutsDialog onClose={close} />}
    </Suspense>
  )
}

/** Puts the cursor into the search of the page; false where there is none. */
function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>('#content input[type=search]')
  search?.focus()
  search?.select()
  return search !== null
}
