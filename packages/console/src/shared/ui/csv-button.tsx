import { Download } from 'lucide-react'
import { useI18n } from '../i18n/i18n.tsx'
import { Button } from './button.tsx'

/** Hands a file to the browser to keep. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** Downloads a whole list of the API as CSV; `path` follows `/console/v1`. */
export function CsvButton({ path, name }: { path: string; name: string }) {
  const { t } = useI18n()
  const download = async () => {
    const response = await fetch(`/console/v1${path}`, { headers: { accept: 'text/csv' } })
    if (response.ok) saveFile(await response.blob(), name)
  }
  return (
    <Button onClick={() => void download()}>
      <Download aria-hidden className="size-4" />
      {t('app.csv')}
    </Button>
  )
}
