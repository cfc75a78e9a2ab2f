import { Link } from 'wouter'
import { useI18n } from '../shared/i18n/i18n.tsx'
import { Empty } from '../shared/ui/empty.tsx'
import { Page } from '../shared/ui/page.tsx'

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useI18n()
  return (
    <Page title="404">
      <Empty
        title={t('app.notFound')}
        hint={t('app.notFoundHint')}
        action={
          <Link href="/playground" className="font-medium text-accent underline underline-offset-2">
            {t('app.home')}
          </Link>
        }
      />
    </Page>
  )
}
