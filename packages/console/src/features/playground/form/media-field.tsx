import { ImageUp, Loader, X } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, useId, useState } from 'react'
import { useMode } from '../../../shared/api/use-mode.ts'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { errorText } from '../../../shared/ui/error-text.ts'
import { INPUT } from '../../../shared/ui/field.tsx'
import type { FieldProps } from './field-props.ts'
import { mediaTypeOf } from './kind-of.ts'
import { MediaPreview } from './media-preview.tsx'
import { useUpload } from './upload.ts'

/** One picture, film or sound: dropped, pasted, chosen, or named by its URL. */
export function MediaField({ name, value, onChange, ids }: FieldProps) {
  const { t } = useI18n()
  const url = typeof value === 'string' ? value : ''
  const type = mediaTypeOf(name)
  return (
    <div className="grid gap-2">
      {url === '' ? (
        <MediaDrop type={type} onUrls={([first]) => onChange(first)} isMany={false} />
      ) : (
        <div className="flex items-start gap-2">
          <MediaPreview url={url} type={type} />
          <Button look="quiet" aria-label={t('playground.removeMedia')} onClick={() => onChange(undefined)}>
            <X aria-hidden className="size-4" />
          </Button>
        </div>
      )}
      <input
        {...ids}
        type="url"
        value={url}
        placeholder="https://"
        onChange={({ target }) => onChange(target.value.trim())}
        className={INPUT}
      />
    </div>
  )
}

/** Several of them, in order. */
export function MediaListField({ name, rule, value, onChange, ids }: FieldProps) {
  const { t } = useI18n()
  const urls = Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
  const type = mediaTypeOf(name)
  const isFull = rule.max_items !== undefined && urls.length >= rule.max_items
  return (
    <div id={ids.id} className="grid gap-2">
      {urls.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {urls.map((url, index) => (
            <li key={url} className="relative">
              <MediaPreview url={url} type={type} />
              <Button
                aria-label={t('playground.removeMedia')}
                onClick={() => onChange(urls.filter((_, other) => other !== index))}
                className="absolute top-1 right-1 size-7 p-0"
              >
                <X aria-hidden className="size-3.5" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {!isFull && <MediaDrop type={type} isMany onUrls={(added) => onChange([...new Set([...urls, ...added])])} />}
    </div>
  )
}

interface MediaDropProps {
  type: 'image' | 'video' | 'audio'
  isMany: boolean
  onUrls: (urls: string[]) => void
}

/** Where files are dropped, pasted or chosen; each is uploaded at once. A pasted or dropped URL is taken as it is. */
function MediaDrop({ type, isMany, onUrls }: MediaDropProps) {
  const i18n = useI18n()
  const { t } = i18n
  const [mode] = useMode()
  const [isOver, setIsOver] = useState(false)
  const upload = useUpload(mode)
  const inputId = useId()

  const take = async (files: readonly File[], text: string) => {
    if (files.length === 0) {
      if (/^https?:\/\//.test(text)) onUrls([text.trim()])
      return
    }
    const urls: string[] = []
    for (const file of isMany ? files : files.slice(0, 1)) urls.push((await upload.mutateAsync(file)).url)
    onUrls(urls)
  }
  // What went wrong is shown from the mutation.
  const begin = (data: DataTransfer) => void take([...data.files], data.getData('text')).catch(() => undefined)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    begin(event.dataTransfer)
  }
  const paste = (event: ClipboardEvent) => {
    event.preventDefault()
    begin(event.clipboardData)
  }
  const Icon = upload.isPending ? Loader : ImageUp
  return (
    <div>
      <label
        htmlFor={inputId}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        onPaste={paste}
        className={`flex cursor-pointer items-center justify-center gap-2 rounded-xl border border-dashed px-3 py-5 text-center text-ink-soft has-focus-visible:outline-2 has-focus-visible:outline-accent ${isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-sunken'}`}
      >
        <Icon aria-hidden className={`size-4 ${upload.isPending ? 'animate-spin' : ''}`} />
        {upload.isPending ? t('playground.uploading') : t('playground.drop', { type })}
        <input
          id={inputId}
          type="file"
          accept={`${type}/*`}
          multiple={isMany}
          onChange={({ target }) => {
            void take([...(target.files ?? [])], '').catch(() => undefined)
            target.value = ''
          }}
          className="sr-only"
        />
      </label>
      {upload.isError && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {errorText(upload.error, i18n)}
        </p>
      )}
    </div>
  )
}
