import type { CameraMove } from './studio-task-types.ts'

/** How English and Russian prompts speak of a camera; the first that is found counts. */
const PHRASES: readonly (readonly [CameraMove, RegExp])[] = [
  ['zoom-out', /\bzoom(s|ing|ed)?[ -]out\b/],
  ['zoom-in', /\bzoom(s|ing|ed)?\b|приближени|зум/],
  ['dolly-out', /\b(dolly|push|pull|move)(es|s|ing)?[ -](out|back|away)\b|отъезд|отъезжа/],
  ['dolly-in', /\bdoll(y|ies)\b|\b(push|track|fly|glide)(es|s|ing)? (in|into|forward)\b|наезд|наезжа/],
  ['pan-left', /\b(pan|camera|slid|truck)[a-z]*\b[^.]{0,30}\bleft\b|(камера|панорама)[^.]{0,30}(влево|налево)/],
  ['pan-right', /\bpan(s|ning)?\b|\bcamera\b[^.]{0,30}\bright\b|(камера|панорама)[^.]{0,30}(вправо|направо)/],
  ['tilt-down', /\b(tilt|camera)[a-z]*\b[^.]{0,30}\bdown\b|камера[^.]{0,30}вниз/],
  ['tilt-up', /\btilt(s|ing)?\b|\bcamera\b[^.]{0,30}\bup\b|камера[^.]{0,30}вверх/],
  [
    'orbit',
    /\borbit(s|ing)\b|\barc shot\b|\b(camera|fly|circl)[a-z]*\b[^.]{0,20}\baround\b|облёт|облет|камера[^.]{0,20}вокруг/,
  ],
  ['parallax', /\bparallax\b|параллакс/],
  ['still', /\b(static|locked) (shot|camera)\b|\btripod\b|неподвижн[а-я]* камер|статичн[а-я]* (кадр|камер)/],
]

/** The move of a name; `auto` gives the one the prompt speaks of, else a slow dolly in. */
export function chooseMove(name: string, prompt: string): CameraMove {
  if (name !== 'auto') return name as CameraMove
  const text = prompt.toLowerCase()
  return PHRASES.find(([, phrase]) => phrase.test(text))?.[0] ?? 'dolly-in'
}
