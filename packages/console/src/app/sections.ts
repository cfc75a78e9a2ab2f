import { Activity, Bot, Box, ChartColumn, Coins, KeyRound, Settings, Sparkles, Webhook } from 'lucide-react'
import { type ComponentType, lazy } from 'react'
import type { MessageName } from '../shared/i18n/messages-en.ts'

/** A section of the console. */
export interface Section {
  /** Pattern of its pages. */
  path: string
  /** Its entry in the menu; none for pages that are reached from others. */
  menu?: {
    href: string
    label: MessageName
    icon: ComponentType<{ className?: string }>
    /** The key that opens it, after `g`. */
    jump?: string
  }
  page: ComponentType
  /** Whether only an owner of the account sees it in the menu. */
  isForOwners?: boolean
}

/** Every section, in the order of the menu. Each is loaded when it is opened. */
export const SECTIONS: readonly Section[] = [
  {
    path: '/playground',
    menu: { href: '/playground', label: 'nav.playground', icon: Sparkles, jump: 'p' },
    page: lazy(() =>
      import('../features/playground/catalogue/catalogue-page.tsx').then((module) => ({
        default: module.CataloguePage,
      })),
    ),
  },
  {
    path: '/playground/*',
    page: lazy(() => import('../features/playground/model-page.tsx').then((module) => ({ default: module.ModelPage }))),
  },
  {
    path: '/requests',
    menu: { href: '/requests', label: 'nav.requests', icon: Activity, jump: 'r' },
    page: lazy(() =>
      import('../features/requests/requests-page.tsx').then((module) => ({ default: module.RequestsPage })),
    ),
  },
  {
    path: '/requests/:id',
    page: lazy(() =>
      import('../features/requests/request-page.tsx').then((module) => ({ default: module.RequestPage })),
    ),
  },
  {
    path: '/usage',
    menu: { href: '/usage', label: 'nav.usage', icon: ChartColumn, jump: 'u' },
    page: lazy(() => import('../features/usage/usage-page.tsx').then((module) => ({ default: module.UsagePage }))),
  },
  {
    path: '/credits',
    menu: { href: '/credits', label: 'nav.credits', icon: Coins, jump: 'c' },
    page: lazy(() =>
      import('../features/credits/credits-page.tsx').then((module) => ({ default: module.CreditsPage })),
    ),
  },
  {
    path: '/webhooks',
    menu: { href: '/webhooks', label: 'nav.webhooks', icon: Webhook, jump: 'w' },
    page: lazy(() =>
      import('../features/webhooks/webhooks-page.tsx').then((module) => ({ default: module.WebhooksPage })),
    ),
  },
  {
    path: '/keys',
    menu: { href: '/keys', label: 'nav.keys', icon: KeyRound, jump: 'k' },
    page: lazy(() => import('../features/keys/keys-page.tsx').then((module) => ({ default: module.KeysPage }))),
  },
  {
    path: '/agents',
    menu: { href: '/agents', label: 'nav.agents', icon: Bot, jump: 'a' },
    page: lazy(() => import('../features/agents/agents-page.tsx').then((module) => ({ default: module.AgentsPage }))),
  },
  {
    path: '/models',
    menu: { href: '/models', label: 'nav.models', icon: Box, jump: 'm' },
    isForOwners: true,
    page: lazy(() => import('../features/models/models-page.tsx').then((module) => ({ default: module.ModelsPage }))),
  },
  {
    path: '/settings',
    menu: { href: '/settings', label: 'nav.settings', icon: Settings, jump: 's' },
    page: lazy(() =>
      import('../features/settings/settings-page.tsx').then((module) => ({ default: module.SettingsPage })),
    ),
  },
]
