import type { Output } from '@clipia/contract'
import { Download, ZoomIn } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { AudioPlayer } from './audio-player.tsx'
import { VideoPlayer } from './video-player.tsx'
import { ZoomDialog } from './zoom-dialog.tsx'

type Picture = NonNullable<Output['images']>[number]

/** What was made: pictures to look into, a film to scrub, a sound; each with its original to download. */
export function OutputView({ output, alt }: { output: Output; alt: string }) {
  const { t } = useI18n()
  const { images = [], video, audio } = output
  if (video !== undefined) {
    const { width, height, duration, url, original_url: original } = video
    return (
      <figure className="grid gap-2">
        <VideoPlayer url={url} width={width} height={height} duration={duration} label={alt} />
        <Caption original={original}>{t('output.videoFacts', { width, height, seconds: duration })}</Caption>
      </figure>
    )
  }
  if (audio !== undefined) {
    return (
      <figure className="grid gap-2">
        <AudioPlayer url={audio.url} duration={audio.duration} label={alt} />
        <Caption original={audio.url}>{t('output.audioFacts', { seconds: audio.duration })}</Caption>
      </figure>
    )
  }
  return (
    <div className={`grid gap-4 ${images.length > 1 ? 'sm:grid-cols-2' : ''}`}>
      {images.map((image) => (
        <PictureView key={image.url} image={image} alt={alt} />
      ))}
    </div>
  )
}

function PictureView({ image, alt }: { image: Picture; alt: string }) {
  const { t } = useI18n()
  const [isZoomed, setIsZoomed] = useState(false)
  const { width, height } = image
  return (
    <figure className="grid gap-2">
      <button
        type="button"
        aria-label={`${t('output.zoom')}: ${alt}`}
        onClick={() => setIsZoomed(true)}
        className="group relative grid cursor-zoom-in place-items-center overflow-hidden rounded-2xl bg-sunken"
      >
        <img
          src={image.url}
          alt={alt}
          width={width}
          height={height}
          className="h-auto max-h-[65dvh] w-auto max-w-full"
        />
        <span className="absolute right-3 bottom-3 grid size-8 place-items-center rounded-lg bg-black/55 text-white opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100">
          <ZoomIn aria-hidden className="size-4" />
        </span>
      </button>
      <Caption original={image.original_url}>
        {width} × {height}
      </Caption>
      {isZoomed && (
        <ZoomDialog
          url={image.original_url}
          alt={alt}
          width={width}
          height={height}
          onClose={() => setIsZoomed(false)}
        />
      )}
    </figure>
  )
}

function Caption({ original, children }: { original: string; children: ReactNode }) {
  const { t } = useI18n()
  return (
    <figcaption className="flex justify-between gap-3 text-xs text-ink-soft tabular-nums">
      <span>{children}</span>
      <a href={original} download className="inline-flex items-center gap-1.5 font-medium text-accent hover:underline">
        <Download aria-hidden className="size-3.5" />
        {t('output.original')}
      </a>
    </figcaption>
  )
}
