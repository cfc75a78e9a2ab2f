/** Boxes of an MP4 that hold the ones with times. */
const CONTAINERS = new Set(['moov', 'trak', 'mdia'])
const TIMED = new Set(['mvhd', 'tkhd', 'mdhd'])

/** Sets the times at which an MP4 was made to zero ("unknown"), so that the same film is the same bytes on any day. */
export function eraseTimes(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  eraseBetween(view, 0, bytes.byteLength)
}

function eraseBetween(view: DataView, start: number, end: number): void {
  let place = start
  while (place + 8 <= end) {
    const size = view.getUint32(place)
    const type = String.fromCharCode(...[4, 5, 6, 7].map((index) => view.getUint8(place + index)))
    // A size of 0 or 1 marks the last or a giant box: those are media, which come after the tables.
    if (size < 8) return
    if (CONTAINERS.has(type)) eraseBetween(view, place + 8, place + size)
    if (TIMED.has(type)) eraseTimesOf(view, place + 8)
    place += size
  }
}

/** Version 1 of these boxes has times of 8 bytes, version 0 of 4; creation comes first, modification next. */
function eraseTimesOf(view: DataView, content: number): void {
  const length = view.getUint8(content) === 1 ? 16 : 8
  for (let offset = 0; offset < length; offset += 4) view.setUint32(content + 4 + offset, 0)
}
