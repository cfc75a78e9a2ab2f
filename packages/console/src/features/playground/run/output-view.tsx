import type { Output } from '@clipia/contract'
import { Download } from 'lucide-react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'

const LINK = 'inline-flex items-center gap-1.5 font-medium text-accent hover:underline'

/** What was made: pictures that open in full, a film that loops, a sound; each with its original to download. */
export function OutputView({ output, alt }: { output: Output; alt: string }) {
  const { t } = useI18n()
  const { images, video, audio } = output
  const download = (url: string) => (
    <a href={url} download className={LINK}>
      <Download aria-hidden className="size-4" />
      {t('playground.original')}
    </a>
  )
  if (video !== undefined) {
    return (
      <figure className="grid gap-2">
        <video
          src={video.url}
          controls
          loop
          autoPlay
          muted
          playsInline
          className="w-full rounded-2xl bg-black"
          style={{ aspectRatio: `${video.width} / ${video.height}`, maxHeight: '70dvh' }}
        >
          <track kind="captions" />
        </video>
        <figcaption className="flex justify-between gap-3 text-ink-soft">
          {t('playground.videoFacts', { width: video.width, height: video.height, seconds: video.duration })}
          {download(video.original_url)}
        </figcaption>
      </figure>
    )
  }
  if (audio !== undefined) {
    return (
      <figure className="grid gap-2">
        <audio src={audio.url} controls className="w-full">
          <track kind="captions" />
        </audio>
        <figcaption className="flex justify-between gap-3 text-ink-soft">
          {t('playground.audioFacts', { seconds: audio.duration })}
          {download(audio.url)}
        </figcaption>
      </figure>
    )
  }
  return (
    <div className={`grid gap-3 ${(images?.length ?? 0) > 1 ? 'sm:grid-cols-2' : ''}`}>
      {images?.map((image) => (
        <figure key={image.url} className="grid gap-2">
          <a href={image.original_url} target="_blank" rel="noreferrer" aria-label={t('playground.zoom')}>
            <img
              src={image.url}
              alt={alt}
              width={image.width}
              height={image.height}
              className="h-auto max-h-[70dvh] w-full cursor-zoom-in rounded-2xl bg-sunken object-contain"
            />
          </a>
          <figcaption className="flex justify-between gap-3 text-ink-soft tabular-nums">
            {image.width} × {image.height}
            {download(image.original_url)}
          </figcaption>
        </figure>
      ))}
    </div>
  )
}
