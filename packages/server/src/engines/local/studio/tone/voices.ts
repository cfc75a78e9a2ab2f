import type { Random } from '../random.ts'
import { frequencyOf } from './harmony.ts'

/** A stereo track that voices are added to. */
export interface Track {
  sampleRate: number
  left: Float32Array
  right: Float32Array
}

const TABLE = 4096
const TURN = 2 * Math.PI

/** One period of a tone with overtones that get weaker by a slope. */
function makeTable(overtones: number, slope: number): Float32Array {
  const table = new Float32Array(TABLE)
  for (let place = 0; place < TABLE; place += 1) {
    for (let overtone = 1; overtone <= overtones; overtone += 1) {
      table[place] = (table[place] ?? 0) + Math.sin((TURN * overtone * place) / TABLE) / overtone ** slope
    }
  }
  return table
}

const SOFT = makeTable(3, 2.4)
const BRIGHT = makeTable(14, 1.35)

/** A note of the pad: two slightly detuned strings a side that swell and open slowly. Times are in seconds. */
export function addPad(
  { sampleRate, left, right }: Track,
  note: { pitch: number; start: number; seconds: number; level: number; brightness: number },
  random: Random,
): void {
  const attack = Math.min(3, note.seconds * 0.45)
  const release = Math.min(4.5, note.seconds * 0.7)
  const from = Math.max(0, Math.round((note.start - attack * 0.3) * sampleRate))
  const to = Math.min(left.length, Math.round((note.start + note.seconds + release) * sampleRate))
  const step = (frequencyOf(note.pitch) * TABLE) / sampleRate
  const strings = [-1, 1, -0.45, 0.45].map((detune) => ({
    step: step * (1 + detune * 0.0016),
    phase: random.next() * TABLE,
  }))
  const slow = random.between(0.05, 0.13)
  const shift = random.next() * TURN
  for (let sample = from; sample < to; sample += 1) {
    const seconds = (sample - from) / sampleRate
    const rise = Math.min(1, seconds / attack)
    const fall = Math.min(1, (to - sample) / sampleRate / release)
    const envelope = note.level * Math.sin((rise * Math.PI) / 2) ** 2 * Math.sin((fall * Math.PI) / 2) ** 2
    const open = note.brightness * (0.6 + 0.4 * Math.sin(TURN * slow * seconds + shift))
    for (const [index, string] of strings.entries()) {
      const place = string.phase | 0
      const value = envelope * ((SOFT[place] ?? 0) * (1 - open) + (BRIGHT[place] ?? 0) * open)
      string.phase += string.step
      if (string.phase >= TABLE) string.phase -= TABLE
      // Each string is mostly on its own side: wide, but whole on one loudspeaker too.
      const [near, far] = index % 2 === 0 ? [left, right] : [right, left]
      near[sample] = (near[sample] ?? 0) + value * (index < 2 ? 0.7 : 0.35)
      far[sample] = (far[sample] ?? 0) + value * 0.28
    }
  }
}

/** A low note that swells and fades with its chord. */
export function addBass(track: Track, note: { pitch: number; start: number; seconds: number; level: number }): void {
  const { sampleRate, left, right } = track
  const from = Math.round(note.start * sampleRate)
  const length = Math.round((note.seconds + 1.5) * sampleRate)
  const step = (TURN * frequencyOf(note.pitch)) / sampleRate
  for (let index = 0; index < length && from + index < left.length; index += 1) {
    const envelope = note.level * Math.sin((Math.PI * index) / length) ** 0.8
    const value =
      envelope * (Math.sin(step * index) + 0.28 * Math.sin(2 * step * index) + 0.1 * Math.sin(3 * step * index))
    left[from + index] = (left[from + index] ?? 0) + value
    right[from + index] = (right[from + index] ?? 0) + value
  }
}

/** A struck note that rings out: a bell by frequency modulation, or a felt piano by decaying overtones. */
export function addStrike(
  { sampleRate, left, right }: Track,
  note: { pitch: number; start: number; level: number; kind: 'bell' | 'felt'; side: number },
): void {
  const from = Math.round(note.start * sampleRate)
  const seconds = note.kind === 'bell' ? 4.5 : 2.8
  const length = Math.min(left.length - from, Math.round(seconds * sampleRate))
  const turn = (TURN * frequencyOf(note.pitch)) / sampleRate
  const [toLeft, toRight] = [Math.cos((note.side * Math.PI) / 2), Math.sin((note.side * Math.PI) / 2)]
  for (let index = 0; index < length; index += 1) {
    const age = index / sampleRate
    const attack = Math.min(1, age / (note.kind === 'bell' ? 0.004 : 0.014))
    const end = Math.min(1, (length - index) / (0.2 * sampleRate))
    const value =
      note.kind === 'bell'
        ? Math.exp(-1.15 * age) * Math.sin(turn * index + 1.1 * Math.exp(-2.6 * age) * Math.sin(turn * 3.5 * index))
        : Math.exp(-1.9 * age) * Math.sin(turn * index) +
          0.34 * Math.exp(-3.4 * age) * Math.sin(2 * turn * index) +
          0.12 * Math.exp(-6 * age) * Math.sin(3.01 * turn * index)
    const loud = note.level * attack * end * value
    left[from + index] = (left[from + index] ?? 0) + loud * toLeft
    right[from + index] = (right[from + index] ?? 0) + loud * toRight
  }
}

/** A breath of air: noise through a narrow, slowly wandering filter, different on each side. */
export function addAir({ sampleRate, left, right }: Track, level: number, random: Random): void {
  for (const side of [left, right]) {
    const pace = random.between(0.03, 0.07)
    const shift = random.next() * TURN
    let [low, band] = [0, 0]
    for (let sample = 0; sample < side.length; sample += 1) {
      const wander = Math.sin((TURN * pace * sample) / sampleRate + shift)
      const cutoff = 2 * Math.sin((Math.PI * (620 + 340 * wander)) / sampleRate)
      low += cutoff * band
      band += cutoff * (random.next() * 2 - 1 - low - 0.55 * band)
      side[sample] = (side[sample] ?? 0) + band * level * (0.7 + 0.3 * wander)
    }
  }
}
