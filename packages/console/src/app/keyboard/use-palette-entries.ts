import { useLocation } from 'wouter'
import { useModels } from '../../features/playground/models.ts'
import { REQUEST_ID, useRequests } from '../../features/requests/requests.ts'
import { useSignOut } from '../../features/session/session.ts'
import { rowsOf } from '../../shared/api/pages.ts'
import { useMode } from '../../shared/api/use-mode.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { usePreference } from '../../shared/preferences/preferences.ts'
import { SECTIONS } from '../sections.ts'
import type { PaletteEntry } from './palette-entries.ts'

/** How many of the latest requests can be found by a part of their id. */
const RECENT = 20

/** Everything the palette can do now, in the order to offer it. */
export function usePaletteEntries({
  text,
  isOwner,
  onHelp,
}: {
  text: string
  isOwner: boolean
  onHelp: () => void
}): PaletteEntry[] {
  const { t } = useI18n()
  const [, navigate] = useLocation()
  const [mode] = useMode()
  const models = useModels(mode).data?.data ?? []
  const requests = useRequests(mode, { status: '', model: '' }, RECENT).data
  const switches = useSwitches(onHelp)
  const id = text.trim().toLowerCase()
  const byId = REQUEST_ID.test(id)
    ? [{ id: 'request', title: t('palette.openRequest'), note: id, run: () => navigate(`/requests/${id}`) }]
    : []
  return [
    ...byId,
    ...SECTIONS.flatMap(({ menu, isForOwners = false }) =>
      menu === undefined || (isForOwners && !isOwner)
        ? []
        : [{ id: menu.href, title: t(menu.label), note: t('palette.page'), run: () => navigate(menu.href) }],
    ),
    ...models.map(({ slug, name, capabilities }) => ({
      id: `model ${slug}`,
      title: name,
      note: slug,
      words: capabilities.join(' '),
      run: () => navigate(`/playground/${slug}`),
    })),
    ...switches,
    ...(requests === undefined ? [] : rowsOf(requests)).map(({ request_id, model }) => ({
      id: request_id,
      title: model,
      note: request_id,
      run: () => navigate(`/requests/${request_id}`),
    })),
  ]
}

/** What changes the console itself. */
function useSwitches(onHelp: () => void): PaletteEntry[] {
  const { t, language } = useI18n()
  const [mode, setMode] = useMode()
  const [, setTheme] = usePreference('theme')
  const [, setLanguage] = usePreference('language')
  const signOut = useSignOut()
  const otherMode = mode === 'live' ? 'test' : 'live'
  return [
    { id: 'mode', title: t(`palette.mode.${otherMode}`), note: t('mode.label'), run: () => setMode(otherMode) },
    { id: 'dark', title: t('preferences.dark'), note: t('preferences.theme'), run: () => setTheme('dark') },
    { id: 'light', title: t('preferences.light'), note: t('preferences.theme'), run: () => setTheme('light') },
    {
      id: 'language',
      title: language === 'en' ? 'Русский' : 'English',
      note: t('preferences.language'),
      run: () => setLanguage(language === 'en' ? 'ru' : 'en'),
    },
    { id: 'help', title: t('shortcuts.title'), note: '?', run: onHelp },
    { id: 'guides', title: t('nav.guides'), note: '/guides', run: () => window.location.assign('/guides') },
    { id: 'docs', title: t('nav.docs'), note: '/docs', run: () => window.location.assign('/docs') },
    { id: 'sign-out', title: t('session.signOut'), run: () => signOut.mutate() },
  ]
}
