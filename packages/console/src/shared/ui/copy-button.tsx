import { Check, Copy, type LucideIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useI18n } from '../i18n/i18n.tsx'
import { Button } from './button.tsx'

const SHOWN_MS = 1_500

interface CopyButtonProps {
  text: string
  /** Default: Copy. */
  label?: string
  icon?: LucideIcon
}

/** Puts a text on the clipboard, and says so for a moment. */
export function CopyButton({ text, label, icon = Copy }: CopyButtonProps) {
  const { t } = useI18n()
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const Icon = isCopied ? Check : icon
  return (
    <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setIsCopied(true))}>
      <Icon aria-hidden className="size-4" />
      <span aria-live="polite">{isCopied ? t('app.copied') : (label ?? t('app.copy'))}</span>
    </Button>
  )
}
