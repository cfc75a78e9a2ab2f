/** A small view of what a URL shows; a broken one shows nothing but its place. */
export function MediaPreview({ url, type }: { url: string; type: 'image' | 'video' | 'audio' }) {
  const frame = 'h-24 max-w-full rounded-lg border border-line bg-sunken object-cover'
  if (type === 'image') return <img src={url} alt="" className={`${frame} min-w-24`} />
  if (type === 'video')
    return (
      <video src={url} controls muted className={frame}>
        <track kind="captions" />
      </video>
    )
  return (
    <audio src={url} controls className="max-w-full">
      <track kind="captions" />
    </audio>
  )
}
