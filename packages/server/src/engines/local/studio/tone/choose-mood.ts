import { at, createRandom, hashText } from '../random.ts'
import type { ToneMood } from '../studio-task-types.ts'

/** English and Russian words by mood; each stands for any ending. */
const WORDS: Record<ToneMood, readonly string[]> = {
  dark: [
    'dark',
    'night',
    'storm',
    'deep',
    'cave',
    'fear',
    'noir',
    'winter',
    'тёмн',
    'темн',
    'ноч',
    'буря',
    'глуб',
    'зим',
  ],
  dreamy: [
    'dream',
    'space',
    'star',
    'cloud',
    'fog',
    'mist',
    'float',
    'мечт',
    'сон',
    'космос',
    'звёзд',
    'звезд',
    'туман',
    'облак',
  ],
  bright: [
    'bright',
    'sun',
    'morning',
    'spring',
    'joy',
    'happy',
    'light',
    'ярк',
    'солн',
    'утр',
    'весн',
    'радост',
    'свет',
  ],
  warm: [
    'warm',
    'fire',
    'autumn',
    'home',
    'evening',
    'cosy',
    'cozy',
    'тепл',
    'тёпл',
    'огонь',
    'осен',
    'дом',
    'вечер',
    'уют',
  ],
  calm: [
    'calm',
    'quiet',
    'peace',
    'sleep',
    'water',
    'sea',
    'river',
    'rain',
    'спокой',
    'тих',
    'вода',
    'море',
    'река',
    'дожд',
  ],
}

/** The mood of a name; `auto` gives the first that the prompt names, else one that follows from prompt and seed. */
export function chooseMood(name: ToneMood | 'auto', prompt: string, seed: string): ToneMood {
  if (name !== 'auto') return name
  const words = prompt.toLowerCase().match(/\p{L}+/gu) ?? []
  const moods = Object.keys(WORDS) as ToneMood[]
  const named = moods.find((mood) => words.some((word) => WORDS[mood].some((start) => word.startsWith(start))))
  return named ?? at(moods, createRandom('mood', seed).whole(0, 999) + hashText(prompt))
}
