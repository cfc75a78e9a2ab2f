/** A colour as `#rrggbb`. */
export type Hex = `#${string}`

/** Lightness 0 to 1, and the two colour axes, in OKLab: equal steps look equal, and mixes do not turn grey. */
interface Lab {
  l: number
  a: number
  b: number
}

/** Red, green and blue, 0 to 255, not rounded. */
export type Rgb = [red: number, green: number, blue: number]

/** The three channels of a colour. */
export function toRgb(hex: Hex): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** A colour of three channels, 0 to 255. */
export function fromRgb(channels: Rgb): Hex {
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
}

/** Mixes as the eye expects: 0 gives the first colour, 1 the second. */
export function mix(from: Hex, to: Hex, share: number): Hex {
  const a = toLab(from)
  const b = toLab(to)
  const t = Math.min(1, Math.max(0, share))
  return fromLab({ l: a.l + (b.l - a.l) * t, a: a.a + (b.a - a.a) * t, b: a.b + (b.b - a.b) * t })
}

/** A colour of a ramp: 0 is the first of the list, 1 the last, mixed in between. */
export function ramp(colors: readonly Hex[], share: number): Hex {
  const place = Math.min(1, Math.max(0, share)) * (colors.length - 1)
  const index = Math.min(colors.length - 2, Math.floor(place))
  return mix(colors[index] ?? '#000000', colors[index + 1] ?? '#000000', place - index)
}

/** The same colour with another lightness: 0.1 is clearly lighter, -0.1 clearly darker. */
export function lighten(color: Hex, amount: number): Hex {
  const lab = toLab(color)
  return fromLab({ ...lab, l: Math.min(1, Math.max(0, lab.l + amount)) })
}

/** Turns the hue by some degrees; lightness and strength stay. */
export function turnHue(color: Hex, degrees: number): Hex {
  const { l, a, b } = toLab(color)
  const sin = Math.sin((degrees * Math.PI) / 180)
  const cos = Math.cos((degrees * Math.PI) / 180)
  return fromLab({ l, a: a * cos - b * sin, b: a * sin + b * cos })
}

/** The same lightness with its colour weakened: 0 gives grey. */
export function mute(color: Hex, share: number): Hex {
  const { l, a, b } = toLab(color)
  return fromLab({ l, a: a * share, b: b * share })
}

/** A CSS colour that lets the ground show through: opacity 1 covers it. */
export function fade(color: Hex, opacity: number): string {
  return `rgba(${toRgb(color).join(', ')}, ${opacity.toFixed(4)})`
}

/** How light a colour looks, 0 to 1. */
export function lightness(color: Hex): number {
  return toLab(color).l
}

function toLab(hex: Hex): Lab {
  const [r, g, b] = toRgb(hex).map(toLinear) as Rgb
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  }
}

function fromLab({ l, a, b }: Lab): Hex {
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const channels = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ]
  return `#${channels.map((channel) => toByte(channel).toString(16).padStart(2, '0')).join('')}`
}

function toLinear(byte: number): number {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function toByte(linear: number): number {
  const value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.round(Math.min(1, Math.max(0, value)) * 255)
}
