import { join } from 'node:path'
import type { ToneResult, ToneTask } from './studio-task-types.ts'
import { chooseMood } from './tone/choose-mood.ts'
import { writeSound } from './tone/encode-sound.ts'
import { synthesize } from './tone/synthesize.ts'

/** Composes the track of a task and writes it as a sound file. */
export async function renderTone(task: ToneTask, progress: (percent: number) => void): Promise<ToneResult> {
  const { key, durationSeconds, format, prompt } = task
  const seed = String(task.seed)
  const mood = chooseMood(task.mood, prompt, seed)
  // Music for another prompt is another piece, even with the same seed.
  const options = { mood, key, durationSeconds, seed: `${seed}:${prompt}` }
  const track = synthesize({ ...options, onProgress: (share) => progress(share * 70) })
  const path = join(task.outputFolder, `sound.${format}`)
  await writeSound(track, format, path, (share) => progress(70 + share * 30))
  return { files: [{ path, durationSeconds: track.left.length / track.sampleRate }] }
}
