/** A file that was uploaded to be an input. */
export interface UploadedFile {
  file_id: string
  /** Works as `image_url` and the like, and for anyone who knows it. */
  url: string
  /** What the uploader called it; null for a `data:` URL that came in an input. */
  file_name: string | null
  /** What the bytes are, whatever the uploader said. */
  content_type: string
  size_bytes: number
  /** Pixels, of images and videos. */
  width?: number
  /** Pixels, of images and videos. */
  height?: number
  /** Seconds, of videos and sounds. */
  duration?: number
  mode: 'live' | 'test'
  /** ISO 8601, UTC. */
  created_at: string
  /** When it is removed. */
  expires_at: string
}
