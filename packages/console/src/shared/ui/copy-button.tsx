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
  /** Shows only its icon. */
  isSmall?: boolean
}

/** Puts a text on the clipboard, and says so for a moment. */
export function CopyButton({ text, label, icon = Copy, isSmall = false }: CopyButtonProps) {
  const { t } = useI18n()
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const Icon = isCopied ? Check : icon
  return (
    <Button
      {...(isSmall && { look: 'quiet', className: 'size-6 px-0' })}
      title={label ?? t('app.copy')}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setIsCopied(true))}
    >
      <Icon aria-hidden className={isSmall ? 'size-3.5' : 'size-4'} />
      <span aria-live="polite" className={isSmall ? 'sr-only' : ''}>
        {isCopied ? t('app.copied') : (label ?? t('app.copy'))}
      </span>
    </Button>
  )
}
