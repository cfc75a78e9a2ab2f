import { type ReactNode, useEffect } from 'react'
import { PreferencesMenu } from './preferences-menu.tsx'

/** The card in the middle of the pages one sees before one is in. */
export function EntryCard({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Clipia`
  }, [title])
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="grid w-full max-w-sm gap-6">
        <img src={new URL('../../icon.svg', import.meta.url).href} alt="Clipia" className="size-10" />
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          {hint && <p className="mt-1 text-ink-soft">{hint}</p>}
        </div>
        {children}
        <PreferencesMenu />
      </div>
    </main>
  )
}
