import { readFileSync } from 'node:fs'
import sharp from 'sharp'

/** A PNG of one colour. */
export function makePng(width: number, height: number, background = '#c8553d'): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()
}

/** A JPEG whose bytes do not compress, so that a cut one lacks part of the picture. */
export function makeJpeg(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
  return sharp({ create: { width, height, channels: 3, background: '#000000', noise } })
    .jpeg({ quality: 95 })
    .toBuffer()
}

/** A file of the sandbox: `video.mp4`, `audio.wav`. */
export function readSample(name: string): Buffer {
  return readFileSync(new URL(`../engines/sandbox/assets/${name}`, import.meta.url))
}
