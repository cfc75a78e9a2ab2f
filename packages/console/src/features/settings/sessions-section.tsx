import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '../../shared/api/call.ts'
import { queryClient } from '../../shared/api/query-client.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Badge } from '../../shared/ui/badge.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { Section } from '../../shared/ui/section.tsx'

interface ListedSession {
  session_id: string
  is_current: boolean
  address: string | null
  user_agent: string | null
  created_at: string
}

/** Where the user is signed in; each can be ended. */
export function SessionsSection() {
  const { t, time } = useI18n()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => call<{ data: ListedSession[] }>('GET', '/sessions', { signal }),
  })
  const end = useMutation({
    mutationFn: (id: string) => call<void>('DELETE', `/sessions/${id}`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['sessions'] }),
  })
  return (
    <Section title={t('settings.sessions')}>
      <QueryView query={sessions} skeleton={<Skeleton className="h-24" />}>
        {({ data }) => (
          <ul className="divide-y divide-line">
            {data.map((session) => (
              <li key={session.session_id} className="flex flex-wrap items-center justify-between gap-3 py-3">
                <div className="min-w-0 grow basis-48">
                  <p className="truncate">{browserOf(session.user_agent) ?? t('settings.unknownBrowser')}</p>
                  <p className="text-xs text-ink-faint">
                    {t('settings.since', { time: time(session.created_at), address: session.address ?? '?' })}
                  </p>
                </div>
                {session.is_current ? (
                  <Badge tone="good">{t('settings.thisSession')}</Badge>
                ) : (
                  <Button onClick={() => end.mutate(session.session_id)}>{t('settings.endSession')}</Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Section>
  )
}

/** The browser and system of a user agent, as far as it names them. */
function browserOf(userAgent: string | null): string | null {
  if (userAgent === null) return null
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\/[\d.]+/.exec(userAgent)?.[1]
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(userAgent)?.[1]
  const name = browser === 'Edg' ? 'Edge' : browser === 'OPR' ? 'Opera' : browser
  return [name, system].filter(Boolean).join(', ') || userAgent.slice(0, 60)
}
