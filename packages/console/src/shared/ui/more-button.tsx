import { useI18n } from '../i18n/i18n.tsx'
import { Button } from './button.tsx'

interface MoreButtonProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

/** Reads the next page of a list, where there is one. */
export function MoreButton({ query }: MoreButtonProps) {
  const { t } = useI18n()
  if (!query.hasNextPage) return null
  return (
    <Button
      isBusy={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
      className="justify-self-center"
    >
      {t('app.more')}
    </Button>
  )
}
