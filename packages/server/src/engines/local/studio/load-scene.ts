import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { openPicture } from '../../../media/open-picture.ts'
import { InputError } from './input-error.ts'

/** Width by height of a picture of unknown origin, upright; fails with `INPUT_UNREACHABLE` if it is no picture. */
export async function readAspect(path: string): Promise<number> {
  const { autoOrient } = await decoded(() => openPicture(path).metadata())
  return autoOrient.width / autoOrient.height
}

/** Decodes a picture and cuts it to cover the size; transparent parts become white. */
export async function loadScene(path: string, width: number, height: number): Promise<Canvas> {
  const pixels = await decoded(() =>
    openPicture(path)
      .resize(width, height, { fit: 'cover', kernel: 'lanczos3' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer(),
  )
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const image = context.createImageData(width, height)
  image.data.set(pixels)
  context.putImageData(image, 0, 0)
  return canvas
}

/** Runs a decoding; whatever goes wrong in it is the fault of the picture. */
export async function decoded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw new InputError('The picture cannot be decoded', error)
  }
}
