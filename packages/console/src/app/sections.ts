import { KeyRound, Settings, Sparkles } from 'lucide-react'
import { type ComponentType, lazy } from 'react'
import type { MessageName } from '../shared/i18n/messages-en.ts'

/** A section of the console. */
export interface Section {
  /** Pattern of its pages. */
  path: string
  /** Its entry in the menu; none for pages that are reached from others. */
  menu?: { href: string; label: MessageName; icon: ComponentType<{ className?: string }> }
  page: ComponentType
}

/** Every section, in the order of the menu. Each is loaded when it is opened. */
export const SECTIONS: readonly Section[] = [
  {
    path: '/playground',
    menu: { href: '/playground', label: 'nav.playground', icon: Sparkles },
    page: lazy(() =>
      import('../features/playground/catalogue-page.tsx').then((module) => ({ default: module.CataloguePage })),
    ),
  },
  {
    path: '/playground/*',
    page: lazy(() => import('../features/playground/model-page.tsx').then((module) => ({ default: module.ModelPage }))),
  },
  {
    path: '/keys',
    menu: { href: '/keys', label: 'nav.keys', icon: KeyRound },
    page: lazy(() => import('../features/keys/keys-page.tsx').then((module) => ({ default: module.KeysPage }))),
  },
  {
    path: '/settings',
    menu: { href: '/settings', label: 'nav.settings', icon: Settings },
    page: lazy(() =>
      import('../features/settings/settings-page.tsx').then((module) => ({ default: module.SettingsPage })),
    ),
  },
]
