import { createRandom } from '../random.ts'
import type { KeyName, ToneMood } from '../studio-task-types.ts'
import { CHARACTERS, composeChords } from './harmony.ts'
import { addRoom } from './room.ts'
import { addAir, addBass, addPad, addStrike, type Track } from './voices.ts'

/** What determines a track; equal values give equal samples. */
export interface ToneOptions {
  mood: ToneMood
  key: KeyName | 'auto'
  durationSeconds: number
  /** Names the random stream. */
  seed: string
  /** How far it is, 0 to 1. */
  onProgress?: (share: number) => void
}

/** Of all tracks made here; the only rate that every encoder takes. */
export const SAMPLE_RATE = 48_000
const FADE_IN_SECONDS = 1.6
const FADE_OUT_SECONDS = 4
/** A little below full scale: lossy encoders overshoot. */
const PEAK = 0.75
const DRIVE = 0.9

/** Composes and plays an ambient track with fades at both ends; exactly as long as was asked for. */
export function synthesize({ mood, key, durationSeconds, seed, onProgress }: ToneOptions): Track {
  const character = CHARACTERS[mood]
  const length = Math.round(durationSeconds * SAMPLE_RATE)
  const track: Track = { sampleRate: SAMPLE_RATE, left: new Float32Array(length), right: new Float32Array(length) }
  const random = createRandom('tone', seed, mood, key)
  const chords = composeChords(mood, key, durationSeconds, random)
  for (const [index, { start, seconds, bass, notes }] of chords.entries()) {
    for (const pitch of notes) {
      addPad(track, { pitch, start, seconds, level: 0.1, brightness: character.brightness }, random)
    }
    addBass(track, { pitch: bass, start, seconds, level: 0.12 * character.bass })
    const strikes = Math.round(seconds * character.strikes * random.between(0.7, 1.3))
    for (let strike = 0; strike < strikes; strike += 1) {
      // On a soft grid of eight beats a chord, each a little late or early, as hands are.
      const beat = (random.whole(0, 7) / 8) * seconds + random.normal() * 0.02
      const pitch = random.pick(notes) + 12 * random.whole(1, character.strike === 'bell' ? 2 : 1)
      const at = Math.max(0, start + beat)
      if (at >= durationSeconds) continue
      const level = random.between(0.045, 0.11)
      addStrike(track, { pitch, start: at, level, kind: character.strike, side: random.between(0.2, 0.8) })
    }
    onProgress?.((0.7 * (index + 1)) / chords.length)
  }
  addAir(track, 0.05 * character.air, random)
  onProgress?.(0.8)
  addRoom(track.left, track.right, character.room)
  onProgress?.(0.95)
  master(track, durationSeconds)
  onProgress?.(1)
  return track
}

/** Brings the loudest moment to the peak and fades both ends to silence. */
function master({ left, right }: Track, durationSeconds: number): void {
  let loudest = 1e-6
  for (const side of [left, right]) for (const value of side) loudest = Math.max(loudest, Math.abs(value))
  // Rounded peaks: the few loudest strikes must not make everything else quiet.
  const gain = DRIVE / loudest
  const fadeIn = Math.min(FADE_IN_SECONDS, durationSeconds / 4) * SAMPLE_RATE
  const fadeOut = Math.min(FADE_OUT_SECONDS, durationSeconds / 3) * SAMPLE_RATE
  for (const side of [left, right]) {
    for (let sample = 0; sample < side.length; sample += 1) {
      const rise = Math.min(1, sample / fadeIn)
      const fall = Math.min(1, (side.length - 1 - sample) / fadeOut)
      const fade = Math.sin((rise * Math.PI) / 2) ** 2 * Math.sin((fall * Math.PI) / 2) ** 2
      side[sample] = (PEAK / Math.tanh(DRIVE)) * Math.tanh((side[sample] ?? 0) * gain) * fade
    }
  }
}
