import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useI18n } from '../i18n/i18n.tsx'
import { Button } from './button.tsx'
import { errorText } from './error-text.ts'
import { Notice } from './notice.tsx'

interface QueryViewProps<T> {
  query: UseQueryResult<T>
  /** What stands there while it loads, as large as what comes, so that nothing jumps. */
  skeleton: ReactNode
  children: (data: T) => ReactNode
}

/** Shows what was read, its place while it is being read, or why it could not be, with a way to try again. */
export function QueryView<T>({ query, skeleton, children }: QueryViewProps<T>) {
  const i18n = useI18n()
  if (query.data !== undefined) return children(query.data)
  if (query.isError) {
    return (
      <div className="grid justify-items-start gap-3">
        <Notice kind="bad">{errorText(query.error, i18n)}</Notice>
        <Button onClick={() => void query.refetch()}>{i18n.t('app.retry')}</Button>
      </div>
    )
  }
  return (
    <div role="status" aria-busy="true" aria-label={i18n.t('app.loading')}>
      {skeleton}
    </div>
  )
}

/** A grey place of what is still to come. */
export function Skeleton({ className = '' }: { className?: string }) {
  return <div className={`motion-safe:animate-pulse rounded-lg bg-sunken ${className}`} />
}
