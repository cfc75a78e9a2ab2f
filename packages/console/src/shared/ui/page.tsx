import { ChevronLeft } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'

interface PageProps {
  title: string
  /** One sentence under the title. */
  lead?: ReactNode
  actions?: ReactNode
  /** The page it belongs to. */
  back?: { href: string; label: string }
  /** Lets it use a wide screen, where its parts stand side by side. */
  isWide?: boolean
  children: ReactNode
}

/** A page: its title, what can be done on it, and its content. */
export function Page({ title, lead, actions, back, isWide = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Clipia`
  }, [title])
  return (
    <div
      className={`mx-auto grid w-full grid-cols-[minmax(0,1fr)] gap-6 px-4 py-6 sm:px-8 sm:py-8 ${isWide ? 'max-w-[100rem]' : 'max-w-6xl min-[2200px]:max-w-7xl'}`}
    >
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          {back && (
            <Link href={back.href} className="mb-1 inline-flex items-center gap-0.5 text-ink-soft hover:text-ink">
              <ChevronLeft aria-hidden className="-ml-1 size-4" />
              {back.label}
            </Link>
          )}
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          {lead && <div className="mt-1 max-w-2xl text-pretty text-ink-soft">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
