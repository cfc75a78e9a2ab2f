import { Pause, Play } from 'lucide-react'
import { useRef } from 'react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { clockText, togglePlay, useMediaClock } from './media-clock.ts'
import { useWaveform } from './waveform.ts'

const WIDTH = 384
const HEIGHT = 72
/** Drawn until the sound was decoded. */
const PLACES: readonly number[] = Array.from({ length: 96 }, () => 0.08)

/** A sound drawn by its loudness: press or drag where to listen. */
export function AudioPlayer({ url, duration: told, label }: { url: string; duration: number; label: string }) {
  const { t } = useI18n()
  const audio = useRef<HTMLAudioElement>(null)
  const { time, duration, isPlaying } = useMediaClock(audio, told)
  const bars = useWaveform(url) ?? PLACES
  const width = WIDTH / bars.length
  const played = duration > 0 ? time / duration : 0
  return (
    <section aria-label={label} className="flex items-center gap-4 rounded-2xl border border-line bg-surface p-4">
      <audio ref={audio} src={url} preload="metadata">
        <track kind="captions" />
      </audio>
      <button
        type="button"
        aria-label={isPlaying ? t('output.pause') : t('output.play')}
        onClick={() => togglePlay(audio.current)}
        className="grid size-12 shrink-0 place-items-center rounded-full bg-accent text-on-accent hover:bg-accent-strong"
      >
        {isPlaying ? (
          <Pause aria-hidden className="size-5 fill-current" />
        ) : (
          <Play aria-hidden className="ml-0.5 size-5 fill-current" />
        )}
      </button>
      <div className="grid min-w-0 grow gap-1">
        <div className="relative rounded-lg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
          <svg
            aria-hidden="true"
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            className="h-18 w-full text-line-strong"
          >
            {bars.map((bar, index) => {
              const height = Math.max(3, bar * HEIGHT)
              const x = index * width + width * 0.2
              return (
                <rect
                  key={x}
                  x={x}
                  y={(HEIGHT - height) / 2}
                  width={width * 0.6}
                  height={height}
                  rx={1}
                  className={index / bars.length < played ? 'fill-accent' : 'fill-current'}
                />
              )
            })}
          </svg>
          <input
            type="range"
            aria-label={t('output.position')}
            aria-valuetext={clockText(time)}
            min={0}
            max={duration}
            step={0.1}
            value={time}
            onChange={({ target }) => {
              if (audio.current !== null) audio.current.currentTime = Number(target.value)
            }}
            className="absolute inset-0 size-full cursor-pointer opacity-0"
          />
        </div>
        <div className="flex justify-between text-xs text-ink-faint tabular-nums">
          <span>{clockText(time)}</span>
          <span>{clockText(duration)}</span>
        </div>
      </div>
    </section>
  )
}
