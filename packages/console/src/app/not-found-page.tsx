import { Link } from 'wouter'
import { useI18n } from '../shared/i18n/i18n.tsx'
import { Page } from '../shared/ui/page.tsx'

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useI18n()
  return (
    <Page title={t('app.notFound')} lead={t('app.notFoundHint')}>
      <Link href="/playground" className="justify-self-start font-medium text-accent underline">
        {t('app.home')}
      </Link>
    </Page>
  )
}
