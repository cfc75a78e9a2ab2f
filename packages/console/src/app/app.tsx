import { QueryClientProvider } from '@tanstack/react-query'
import { Route, Switch } from 'wouter'
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
  return (
    <QueryView query={session} skeleton={null}>
      {(data) => (data === null ? <SignInPage /> : <Shell session={data} />)}
    </QueryView>
  )
}
