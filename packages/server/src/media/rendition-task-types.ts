import type { ContentType } from './content-types.ts'

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

/** Finds out whether a file of any kind is whole, as far as can be told without decoding all of a video. */
export interface InspectionTask {
  kind: 'inspect'
  path: string
  /** What its first bytes say it is. */
  contentType: ContentType
}

/** Makes a small picture of a picture, to be shown inside an answer. */
export interface PreviewTask {
  kind: 'preview'
  path: string
  maxBytes: number
}

/** Everything the rendition process can be asked for. */
export type RenditionTask = ImageRenditionTask | VideoRenditionTask | AudioRenditionTask | InspectionTask | PreviewTask

/** Facts of a picture, upright. */
export interface ImageRendition {
  type: ContentType
  width: number
  height: number
  /** Only there when a PNG was made. */
  pngPath?: string
}

/** Facts of a video, as it is shown. */
export interface VideoRendition {
  type: ContentType
  width: number
  height: number
  durationSeconds: number
}

/** Facts of a sound. */
export interface AudioRendition {
  type: ContentType
  durationSeconds: number
}

/** Facts of a file of any kind; `type` may say more than its first bytes (an MP4 without a picture is a sound). */
export interface Inspection {
  type: ContentType
  width?: number
  height?: number
  durationSeconds?: number
}

/** A small picture in base64. */
export interface PreviewRendition {
  type: 'image/jpeg'
  base64: string
}

/** The codes with which a rendition task fails. */
export type RenditionErrorCode =
  /** The file is not a picture, video or sound of a known type, or is broken. */
  | 'MEDIA_UNREADABLE'
  /** The optional package `mediabunny`, which reads video and sound, is not installed. */
  | 'MEDIA_READER_MISSING'
