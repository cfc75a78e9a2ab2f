import type { Session } from '@clipia/contract'
import { BookOpen, Menu, X } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { AccountMenu } from '../features/session/account-menu.tsx'
import { PreferencesMenu } from '../features/session/preferences-menu.tsx'
import { useI18n } from '../shared/i18n/i18n.tsx'
import { Button } from '../shared/ui/button.tsx'
import { Skeleton } from '../shared/ui/query-view.tsx'
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
        <ModeSwitch />
        <Navigation isOwner={session.account.role === 'owner'} />
        <div className="mt-auto grid grid-cols-[minmax(0,1fr)] gap-3 px-2 pb-1">
          <AccountMenu session={session} />
          <PreferencesMenu />
        </div>
      </div>
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
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
      <a href="/docs" className={entry}>
        <BookOpen className="size-4" aria-hidden />
        {t('nav.docs')}
      </a>
    </nav>
  )
}
