import type { StudioStyle } from './studio-task-types.ts'

/** What a palette feels like; a prompt that names it gets such a palette. */
export type Mood = 'night' | 'dawn' | 'sea' | 'forest' | 'fire' | 'snow' | 'blossom'

/** English and Russian words; a star stands for any ending. */
type Words = readonly [english: string, russian: string]

const MOOD_WORDS: Record<Mood, Words> = {
  night: [
    'night* midnight dark* moon moons moonlight moonlit star stars starry galaxy space noir',
    'ноч* полночь луна луны лунн* звёзд* звезд* тьма',
  ],
  dawn: ['dawn morning sunrise sunset dusk evening golden', 'рассвет* утро утра утренн* закат* сумерк* вечер*'],
  sea: [
    'sea seas ocean* water* river* lake* lagoon island* coast* wave waves rain rainy blue',
    'море моря морск* океан* вода воды воде водн* река реки реке рекой озер* остров* дожд* син*',
  ],
  forest: [
    'forest* tree trees wood woods garden* green jungle meadow* leaf leaves',
    'лес леса лесу лесн* дерев* сад сады саду зелён* зелен* трава травы',
  ],
  fire: [
    'fire* flame* ember embers volcano lava desert* autumn red orange summer',
    'огонь огня огни огнен* пламя пустын* осен* красн* жара жарк*',
  ],
  snow: [
    'snow* winter* ice icy glacier* frost* mist misty fog foggy white arctic',
    'снег* снеж* зима зимы зимн* лёд льда льды ледян* мороз* туман* метел*',
  ],
  blossom: [
    'flower* blossom* rose roses pink spring love dream* lilac violet purple',
    'цветы цветок цветущ* весн* любов* мечт* роза розы розов* сирен*',
  ],
}

const STYLE_WORDS: Record<StudioStyle, Words> = {
  ridges: [
    'mountain* valley* hill hills ridge ridges peak peaks horizon landscape* forest*',
    'гора горы горах горн* долин* холм* вершин* лес леса лесу',
  ],
  aurora: ['aurora* space galaxy nebula* star stars starry cosm* dream*', 'сиян* космос* звёзд* звезд* туманност*'],
  grid: ['city cities jazz geometr* architect* building* bauhaus music*', 'город* джаз* архитект* музык*'],
  weave: ['textile* fabric* wool* carpet* thread* loom woven cloth*', 'ткан* ковёр ковр* шерст* нить нити'],
  paper: [
    'island* lagoon map maps canyon* coast* archipelago* deep depth* lake*',
    'остров* карта карты берег* глубин* озер*',
  ],
  glass: ['glass stained cathedral* church* mosaic*', 'стекло стекла витраж* мозаик* церковь собор*'],
  orbits: [
    'planet* orbit* solar cosm* astronom* telescope* moon moons comet*',
    'планет* орбит* космос* астроном* телескоп* луна луны комет*',
  ],
  bloom: [
    'flower* blossom* garden* meadow* spring botan* leaf leaves rose roses plant*',
    'цветы цветок цветущ* сад сады саду весн* листья роза розы растен*',
  ],
  riso: ['poster* print* fruit* summer travel* beach* still', 'плакат* печать фрукт* лето лета летн* пляж*'],
  flow: [
    'wind winds windy river* dance* flow* current* wave waves',
    'ветер ветр* река реки реке рекой танц* волны волн',
  ],
}

/** The moods a prompt names; none when it names none. */
export function readMoods(prompt: string): Set<Mood> {
  return findKeys(MOOD_WORDS, prompt)
}

/** The styles whose subject a prompt names; none when it names none. */
export function readStyles(prompt: string): Set<StudioStyle> {
  return findKeys(STYLE_WORDS, prompt)
}

function findKeys<Key extends string>(lists: Record<Key, Words>, prompt: string): Set<Key> {
  const words: readonly string[] = prompt.toLowerCase().match(/\p{L}+/gu) ?? []
  const isNamed = (entry: string): boolean =>
    entry.endsWith('*') ? words.some((word) => word.startsWith(entry.slice(0, -1))) : words.includes(entry)
  const keys = Object.keys(lists) as Key[]
  return new Set(keys.filter((key) => lists[key].join(' ').split(' ').some(isNamed)))
}
