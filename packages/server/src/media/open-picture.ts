import sharp, { type Sharp } from 'sharp'

/** Larger pictures are refused before they are decoded. */
const MOST_PIXELS = 50_000_000

// The cache goes by file name: a file that was written anew would be read as it was before.
sharp.cache(false)

// Of all that sharp can read only what a browser shows as a picture: no SVG, PDF or other formats with a wide surface.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
    'VipsForeignLoadHeifFile',
  ],
})

/**
 * Opens a picture of unknown origin for decoding: known formats, a bounded number of pixels, the first frame, upright
 * as its maker meant it. Only for child processes: a decoder that crashes must not take the server with it.
 */
export function openPicture(path: string): Sharp {
  return sharp(path, { limitInputPixels: MOST_PIXELS, page: 0, pages: 1, failOn: 'error' }).autoOrient()
}
