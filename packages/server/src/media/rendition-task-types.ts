/** Measures a picture and makes the forms that are served. */
export interface ImageRenditionTask {
  kind: 'image'
  path: string
  /** Where the WebP form goes. */
  webpPath: string
  /** Where a PNG form goes when the picture is not a PNG already. */
  pngPath: string
}

/** Measures a video without decoding it. */
export interface VideoRenditionTask {
  kind: 'video'
  path: string
}

/** Measures a sound without decoding it. */
export interface AudioRenditionTask {
  kind: 'audio'
  path: string
}

/** Everything the rendition process can be asked for. */
export type RenditionTask = ImageRenditionTask | VideoRenditionTask | AudioRenditionTask

/** Facts of a picture, upright. */
export interface ImageRendition {
  type: 'image/png' | 'image/jpeg' | 'image/webp'
  width: number
  height: number
  /** Only there when a PNG was made. */
  pngPath?: string
}

/** Facts of a video, as it is shown. */
export interface VideoRendition {
  type: 'video/mp4'
  width: number
  height: number
  durationSeconds: number
}

/** Facts of a sound. */
export interface AudioRendition {
  type: 'audio/mpeg' | 'audio/wav' | 'audio/mp4' | 'audio/ogg' | 'audio/flac'
  durationSeconds: number
}

/** The codes with which a rendition task fails. */
export type RenditionErrorCode =
  /** The file is not a picture, video or sound of a known type, or is broken. */
  | 'MEDIA_UNREADABLE'
  /** The optional package `mediabunny`, which reads video and sound, is not installed. */
  | 'MEDIA_READER_MISSING'
