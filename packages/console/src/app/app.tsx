import { QueryClientProvider } from '@tanstack/react-query'
import { Route, Switch } from 'wouter'
import { EntryCard } from '../features/session/entry-card.tsx'
import { useSession } from '../features/session/session.ts'
import { SignInPage } from '../features/session/sign-in-page.tsx'
import { WelcomePage } from '../features/session/welcome-page.tsx'
import { queryClient } from '../shared/api/query-client.ts'
import { I18nProvider } from '../shared/i18n/i18n.tsx'
import { useTheme } from '../shared/preferences/use-theme.ts'
import { QueryView } from '../shared/ui/query-view.tsx'
import { Shell } from './shell.tsx'

/** The console: everything below knows the language, the theme and what was read from the server. */
export function App() {
  useTheme()
  return (
    <QueryClientProvider client={queryClient}>
      <I18nProvider>
        <Switch>
          <Route path="/welcome" component={WelcomePage} />
          <Route component={Entrance} />
        </Switch>
      </I18nProvider>
    </QueryClientProvider>
  )
}

/** Nobody passes without a session; the address stays, so that one arrives where one wanted to. */
function Entrance() {
  const session = useSession()
  if (session.data === null) return <SignInPage />
  if (session.data !== undefined) return <Shell session={session.data} />
  if (!session.isError) return null
  return (
    <EntryCard title="Clipia">
      <QueryView query={session} skeleton={null}>
        {() => null}
      </QueryView>
    </EntryCard>
  )
}
