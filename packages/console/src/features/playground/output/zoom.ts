/** Width and height, in any one unit. */
export interface Size {
  width: number
  height: number
}

/** What of a picture is seen: screen pixels a picture pixel, and how far its middle lies from the middle of the frame. */
export interface View {
  scale: number
  x: number
  y: number
}

const MOST_SCALE = 8

/** The scale at which all of a picture is seen; small ones are not blown up. */
export function fitScale(picture: Size, frame: Size): number {
  return Math.min(frame.width / picture.width, frame.height / picture.height, 1)
}

/** The view moved back to where the picture still fills the frame, or lies in its middle. */
export function keepInFrame({ scale, x, y }: View, picture: Size, frame: Size): View {
  const limit = (length: number, room: number) => Math.max(0, (length * scale - room) / 2)
  const most = { x: limit(picture.width, frame.width), y: limit(picture.height, frame.height) }
  return { scale, x: Math.min(most.x, Math.max(-most.x, x)), y: Math.min(most.y, Math.max(-most.y, y)) }
}

/** The view at another scale, with the same spot of the picture under `point`, which counts from the frame's middle. */
export function zoomTo(
  view: View,
  wanted: number,
  { picture, frame, point }: { picture: Size; frame: Size; point: { x: number; y: number } },
): View {
  const scale = Math.min(MOST_SCALE, Math.max(fitScale(picture, frame), wanted))
  const ratio = scale / view.scale
  const x = point.x - (point.x - view.x) * ratio
  const y = point.y - (point.y - view.y) * ratio
  return keepInFrame({ scale, x, y }, picture, frame)
}
