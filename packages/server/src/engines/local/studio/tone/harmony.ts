import type { Random } from '../random.ts'
import type { KeyName, ToneMood } from '../studio-task-types.ts'

/** What a track is made of: pitches in semitones above the key, and how it is played. */
export interface Character {
  /** Semitones of the scale. */
  scale: readonly number[]
  /** Degrees of the roots of four chords; one of these rows is chosen. */
  progressions: readonly (readonly number[])[]
  /** How long a chord lasts, in seconds. */
  chordSeconds: number
  /** Share of overtones in the pad, 0 to 1. */
  brightness: number
  /** Struck notes a second. */
  strikes: number
  /** Whether they ring like bells or fall like a felt piano. */
  strike: 'bell' | 'felt'
  /** Level of the breath of air, 0 to 1. */
  air: number
  /** Level of the bass, 0 to 1. */
  bass: number
  /** Share of the room, 0 to 1. */
  room: number
}

const MAJOR = [0, 2, 4, 5, 7, 9, 11]
const LYDIAN = [0, 2, 4, 6, 7, 9, 11]
const MINOR = [0, 2, 3, 5, 7, 8, 10]
const DORIAN = [0, 2, 3, 5, 7, 9, 10]

/** The moods a track can have. */
export const CHARACTERS: Record<ToneMood, Character> = {
  calm: {
    ...{
      scale: MAJOR,
      progressions: [[0, 3, 5, 3] as const, [0, 4, 3, 3] as const],
      chordSeconds: 8,
      brightness: 0.34,
    },
    ...{ strikes: 0.45, strike: 'felt', air: 0.5, bass: 0.55, room: 0.42 },
  },
  bright: {
    ...{
      scale: MAJOR,
      progressions: [[0, 4, 5, 3] as const, [3, 0, 4, 5] as const],
      chordSeconds: 5.5,
      brightness: 0.62,
    },
    ...{ strikes: 1.7, strike: 'bell', air: 0.25, bass: 0.5, room: 0.34 },
  },
  dark: {
    ...{
      scale: MINOR,
      progressions: [[0, 5, 0, 6] as const, [0, 3, 5, 4] as const],
      chordSeconds: 9,
      brightness: 0.22,
    },
    ...{ strikes: 0.22, strike: 'bell', air: 0.7, bass: 0.95, room: 0.5 },
  },
  dreamy: {
    ...{
      scale: LYDIAN,
      progressions: [[0, 1, 5, 4] as const, [0, 4, 1, 0] as const],
      chordSeconds: 7.5,
      brightness: 0.5,
    },
    ...{ strikes: 0.9, strike: 'bell', air: 0.6, bass: 0.45, room: 0.56 },
  },
  warm: {
    ...{
      scale: DORIAN,
      progressions: [[0, 3, 6, 3] as const, [0, 6, 3, 4] as const],
      chordSeconds: 6.5,
      brightness: 0.4,
    },
    ...{ strikes: 0.8, strike: 'felt', air: 0.3, bass: 0.7, room: 0.36 },
  },
}

const KEYS: readonly KeyName[] = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B']

/** One chord: when it begins, how long it lasts, and its notes as MIDI numbers, the bass apart. */
export interface Chord {
  start: number
  seconds: number
  bass: number
  notes: number[]
}

/** The pitch of a MIDI number, in hertz. */
export function frequencyOf(note: number): number {
  return 440 * 2 ** ((note - 69) / 12)
}

/** Lays out the chords of a track; the notes of each stay as near as they can to those of the one before. */
export function composeChords(mood: ToneMood, key: KeyName | 'auto', durationSeconds: number, random: Random): Chord[] {
  const { scale, progressions, chordSeconds } = CHARACTERS[mood]
  const tonic = 48 + (key === 'auto' ? random.whole(0, 11) : KEYS.indexOf(key))
  const roots = random.pick(progressions)
  // A whole number of chords, so that none is cut short at the end.
  const count = Math.max(1, Math.round(durationSeconds / chordSeconds))
  const seconds = durationSeconds / count
  const pitchOf = (degree: number): number => (scale[degree % 7] ?? 0) + 12 * Math.floor(degree / 7)
  const chords: Chord[] = []
  for (let index = 0; index < count; index += 1) {
    const root = index === count - 1 ? 0 : (roots[index % roots.length] ?? 0)
    const degrees = [0, 2, 4, random.pick([6, 8, 6])].map((step) => root + step)
    const before = chords.at(-1)?.notes ?? [tonic + 4, tonic + 9, tonic + 14, tonic + 19]
    const notes = degrees.map((degree, voice) => nearest(tonic + pitchOf(degree), before[voice] ?? tonic))
    chords.push({ start: index * seconds, seconds, bass: nearest(tonic + pitchOf(root), 40), notes })
  }
  return chords
}

/** The same note in the octave nearest to another. */
function nearest(note: number, to: number): number {
  return note + 12 * Math.round((to - note) / 12)
}
