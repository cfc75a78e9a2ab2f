import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { MembersSection } from './members-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { SessionsSection } from './sessions-section.tsx'

/** Members, password, sessions. */
export function SettingsPage() {
  const { t } = useI18n()
  return (
    <Page title={t('nav.settings')}>
      <MembersSection />
      <PasswordSection />
      <SessionsSection />
    </Page>
  )
}
