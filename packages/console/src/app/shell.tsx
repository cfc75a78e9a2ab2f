import type { Session } from '@clipia/contract'
import { BookOpen, GraduationCap, Menu, Search, X } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { AccountMenu } from '../features/session/account-menu.tsx'
import { PreferencesMenu } from '../features/session/preferences-menu.tsx'
import { useMode } from '../shared/api/use-mode.ts'
import { useI18n } from '../shared/i18n/i18n.tsx'
import { Button } from '../shared/ui/button.tsx'
import { Keys } from '../shared/ui/keys.tsx'
import { Skeleton } from '../shared/ui/query-view.tsx'
import { Keyboard, type KeyboardPanel } from './keyboard/keyboard.tsx'
import { ModeSwitch } from './mode-switch.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { SECTIONS } from './sections.ts'

/** What is around every page: the menu, the mode, the account. */
export function Shell({ session }: { session: Session }) {
  const { t } = useI18n()
  const [location] = useLocation()
  // Open on one page only: another closes it.
  const [openOn, setOpenOn] = useState<string | null>(null)
  const isOpen = openOn === location
  const [panel, setPanel] = useState<KeyboardPanel>(null)
  const [mode] = useMode()
  const isOwner = session.account.role === 'owner'
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_1fr]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-surface focus:p-2"
      >
        {t('app.skip')}
      </a>
      <div className="flex items-center justify-between border-b border-line bg-surface px-4 py-2 lg:hidden">
        <Brand />
        <Button
          look="quiet"
          aria-expanded={isOpen}
          aria-label={isOpen ? t('app.close') : t('app.menu')}
          onClick={() => setOpenOn(isOpen ? null : location)}
        >
          {isOpen ? <X aria-hidden className="size-5" /> : <Menu aria-hidden className="size-5" />}
        </Button>
      </div>
      <div
        className={`${isOpen ? 'flex' : 'hidden'} flex-col gap-4 border-line bg-surface p-3 max-lg:border-b lg:sticky lg:top-0 lg:flex lg:h-dvh lg:overflow-y-auto lg:border-r`}
      >
        <div className="px-2 pt-2 max-lg:hidden">
          <Brand />
        </div>
        <SearchButton onPress={() => setPanel('palette')} />
        <ModeSwitch />
        <Navigation isOwner={isOwner} />
        <div className="mt-auto grid grid-cols-[minmax(0,1fr)] gap-3 px-2 pb-1">
          <AccountMenu session={session} />
          <PreferencesMenu />
        </div>
      </div>
      <main id="content" tabIndex={-1} className="relative min-w-0 outline-none">
        {mode === 'test' && (
          <div aria-hidden="true" className="pointer-events-none absolute inset-x-0 top-0 h-1 bg-warn" />
        )}
        <Suspense fallback={<Skeleton className="m-8 h-64" />}>
          <Switch>
            <Route path="/">
              <Redirect to="/playground" replace />
            </Route>
            {SECTIONS.map(({ path, page }) => (
              <Route key={path} path={path} component={page} />
            ))}
            <Route component={NotFoundPage} />
          </Switch>
        </Suspense>
      </main>
      <Keyboard isOwner={isOwner} open={panel} onOpen={setPanel} />
    </div>
  )
}

function Brand() {
  return (
    <Link href="/playground" className="flex items-center gap-2 text-base font-semibold tracking-tight">
      <img src={new URL('../icon.svg', import.meta.url).href} alt="" className="size-7" />
      Clipia
    </Link>
  )
}

function SearchButton({ onPress }: { onPress: () => void }) {
  const { t } = useI18n()
  return (
    <button
      type="button"
      onClick={onPress}
      className="mx-2 flex h-9 items-center gap-2 rounded-lg border border-line bg-canvas px-2.5 text-ink-faint transition-colors hover:border-line-strong hover:text-ink-soft"
    >
      <Search aria-hidden className="size-4" />
      <span className="grow text-left">{t('palette.open')}</span>
      <span aria-hidden="true" className="max-lg:hidden">
        <Keys keys={['Ctrl', 'K']} />
      </span>
    </button>
  )
}

function Navigation({ isOwner }: { isOwner: boolean }) {
  const { t } = useI18n()
  const [location] = useLocation()
  const entry = 'flex items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-ink-soft hover:bg-sunken hover:text-ink'
  return (
    <nav aria-label={t('app.menu')} className="grid gap-0.5">
      {SECTIONS.map(({ menu, isForOwners = false }) => {
        if (menu === undefined || (isForOwners && !isOwner)) return null
        const isCurrent = location === menu.href || location.startsWith(`${menu.href}/`)
        return (
          <Link
            key={menu.href}
            href={menu.href}
            aria-current={isCurrent ? 'page' : undefined}
            className={`${entry} aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent`}
          >
            <menu.icon className="size-4" aria-hidden />
            {t(menu.label)}
          </Link>
        )
      })}
      <a href="/guides" className={entry}>
        <GraduationCap className="size-4" aria-hidden />
        {t('nav.guides')}
      </a>
      <a href="/docs" className={entry}>
        <BookOpen className="size-4" aria-hidden />
        {t('nav.docs')}
      </a>
    </nav>
  )
}
