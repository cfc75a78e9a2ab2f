import { type ReactNode, useEffect } from 'react'
import { ModelCover } from '../playground/catalogue/model-cover.tsx'
import { PreferencesMenu } from './preferences-menu.tsx'

/** What is drawn beside it, where there is room. */
const COVER = { slug: 'studio', type: 'image', capabilities: [] }

/** The card in the middle of the pages one sees before one is in. */
export function EntryCard({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Clipia`
  }, [title])
  return (
    <main className="grid min-h-dvh lg:grid-cols-[minmax(26rem,1fr)_1.2fr]">
      <div className="grid w-full max-w-sm content-center gap-6 justify-self-center px-4 py-10">
        <img src={new URL('../../icon.svg', import.meta.url).href} alt="Clipia" className="size-10" />
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          {hint && <p className="mt-1 text-ink-soft">{hint}</p>}
        </div>
        {children}
        <PreferencesMenu />
      </div>
      <div className="sticky top-0 h-dvh p-3 max-lg:hidden">
        <ModelCover model={COVER} className="size-full rounded-3xl" />
      </div>
    </main>
  )
}
