/** One picture of the gallery: a name for its file, and the input that makes it. */
export interface GalleryPicture {
  name: string
  /** What a request would say; what is left out has the default of the model. */
  input: Record<string, string | number>
  /** The name of the picture it is made from. */
  from?: string
}

/** A chapter of the gallery. */
export interface GalleryChapter {
  title: string
  text: string
  pictures: readonly GalleryPicture[]
}

const styled = (style: string, name: string, seed: number, ratio: string, prompt: string): GalleryPicture => ({
  name: `${style}-${name}`,
  input: { prompt, style, aspect_ratio: ratio, seed },
})

/** All chapters; every picture follows from its input, so that anybody can make it again. */
export const CHAPTERS: readonly GalleryChapter[] = [
  {
    title: 'Ten styles',
    text: 'Each composes anew for every aspect ratio, in 1K, 2K or 4K.',
    pictures: [
      styled('ridges', 'valley', 12, '16:9', 'Sunrise finds the valley'),
      styled('ridges', 'night', 9, '3:4', 'Ночной перевал'),
      styled('flow', 'wind', 7, '4:5', 'Ветер над рекой в последний день лета'),
      styled('flow', 'harbour', 31, '16:9', 'Small boats answer the wind one by one'),
      styled('grid', 'jazz', 21, '1:1', 'A jazz record nobody has pressed yet'),
      styled('grid', 'school', 8, '16:9', 'Eine Schule für die Hand und das Auge'),
      styled('aurora', 'sky', 3, '4:5', 'Everyone came out to look at the sky'),
      styled('aurora', 'embers', 5, '16:9', 'What the fire remembers'),
      styled('weave', 'salt', 2, '1:1', 'Bread and salt'),
      styled('weave', 'winter', 11, '4:5', 'A winter of patient hands'),
      styled('paper', 'lagoon', 4, '16:9', 'A lagoon seen from very far above'),
      styled('paper', 'canyon', 14, '4:5', 'Десять тысяч лет одной реки'),
      styled('glass', 'chapel', 3, '4:5', 'Morning mass for the swallows'),
      styled('glass', 'sea', 6, '16:9', 'The sea, seen from the choir'),
      styled('orbits', 'map', 1, '1:1', 'A map for those who stay up late'),
      styled('orbits', 'tilted', 16, '4:5', 'Seven neighbours and a small warm star'),
      styled('bloom', 'meadow', 1, '4:5', 'The meadow behind the railway'),
      styled('bloom', 'night', 2, '16:9', 'Night shift in the garden'),
      styled('riso', 'sun', 2, '4:5', 'Swim before breakfast'),
      styled('riso', 'fruit', 9, '1:1', 'Still life with a small storm'),
    ],
  },
  {
    title: 'Any prompt',
    text: 'Every living national script, in its own direction and with its joined forms; emoji too.',
    pictures: [
      styled('paper', 'japanese', 22, '1:1', '春の夜の夢のごとし、たけき者もついには滅びぬ。'),
      styled('flow', 'arabic', 5, '1:1', 'الضوء يصل متأخراً، لكنه يصل دائماً إلى المدينة القديمة'),
      styled('ridges', 'hebrew', 2, '1:1', 'הלילה יורד על ההרים'),
      styled('glass', 'hindi', 9, '1:1', 'सत्यमेव जयते'),
      styled('bloom', 'thai', 5, '1:1', 'ฤดูฝนที่บ้านริมแม่น้ำ'),
      styled('grid', 'emoji', 4, '1:1', 'Dinner on Friday? 🍋🫒🐟 bring 👩‍🍳👨‍👩‍👧 and 🏳️‍🌈'),
    ],
  },
  {
    title: 'Palettes',
    text: 'One seed, four palettes.',
    pictures: ['night', 'fire', 'snow', 'mono'].map((palette) => ({
      name: `palette-${palette}`,
      input: { prompt: 'A stair for the afternoon', style: 'riso', palette, aspect_ratio: '3:4', seed: 6 },
    })),
  },
  {
    title: 'From a picture',
    text: 'The first of these, drawn anew in other styles, and blended with a drawing.',
    pictures: [
      {
        name: 'source',
        input: { prompt: 'sunset', title: '', style: 'ridges', palette: 'blossom', aspect_ratio: '4:3', seed: 11 },
      },
      ...['glass', 'paper', 'orbits', 'flow', 'weave', 'bloom'].map((style) => ({
        name: `restyle-${style}`,
        from: 'source',
        input: { prompt: 'sunset', title: '', style, strength: 0.2, aspect_ratio: '4:3', seed: 3 },
      })),
      ...['orbits', 'bloom'].map((style) => ({
        name: `blend-${style}`,
        from: 'source',
        input: { prompt: 'night', title: '', style, palette: 'night', mode: 'blend', aspect_ratio: '4:3', seed: 8 },
      })),
    ],
  },
]

/** The films of the gallery, as small moving pictures. */
export const FILMS: readonly GalleryPicture[] = [
  { name: 'film-orbits', input: { prompt: 'A map for those who stay up late', style: 'orbits', palette: 'night' } },
  { name: 'film-glass', input: { prompt: 'The sea, seen from the choir', style: 'glass', palette: 'dawn' } },
  { name: 'film-grid', input: { prompt: 'A jazz record', style: 'grid', palette: 'sea' } },
]
