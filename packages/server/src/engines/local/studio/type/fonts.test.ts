import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCanvas } from '@napi-rs/canvas'
import { cleanText } from './clean-text.ts'
import { clustersOf, fontFamiliesFor } from './fonts.ts'

const SCRIPTS: Record<string, string> = {
  Latin: 'AZaz09&ßÆŁőșİ€№«»—…',
  Vietnamese: 'ễựđẦỹ',
  Cyrillic: 'ДЯйщїўґЂәӣ',
  Greek: 'ΩλξἈὴ',
  Japanese: '春の夜ヴカ々「」、。ｱ￥',
  Chinese: '床前明月光龙龘，；',
  'Traditional Chinese': '舉頭望龍麤ㄅㄆ',
  Korean: '한국어뷁',
  Arabic: 'سلاممؤيةپچگ٣؟،',
  Hebrew: 'שלוםץשׁ',
  Thai: 'ที่นี่น้ำไทย๙฿',
  Devanagari: 'क्षत्रिहिन्दी।९',
  Bengali: 'বাংলাক্ষ',
  Tamil: 'தமிழ்கொ',
  Telugu: 'తెలుగుక్ష',
  Gujarati: 'ગુજરાતી',
  Gurmukhi: 'ਪੰਜਾਬੀ',
  Kannada: 'ಕನ್ನಡ',
  Malayalam: 'മലയാളം',
  Sinhala: 'සිංහල',
  Lao: 'ລາວກໍ່',
  Khmer: 'ខ្មែរ',
  Myanmar: 'မြန်မာ',
  Armenian: 'Հայերեն',
  Georgian: 'ქართულიႠ',
  Ethiopic: 'አማርኛ።',
  symbols: '→↗★✓♪♞∞≈∑⚙☂⠿',
  emoji: '😀🦊🫠👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈🇯🇵🇺🇦❤️‍🔥1️⃣🏴󠁧󠁢󠁳󠁣󠁴󠁿☕⌚',
}

for (const [name, text] of Object.entries(SCRIPTS)) {
  test(`${name} is drawn by fonts and not as the boxes of missing glyphs`, () => {
    assert.equal(cleanText(text), text.normalize('NFC'), 'nothing is left out')
    const families = fontFamiliesFor(text)
    const box = drawCluster('\u{10FFFD}', families)
    assert.ok(hasInk(box), 'the box of a missing glyph has pixels')
    for (const cluster of clustersOf(text.normalize('NFC'))) {
      const glyph = drawCluster(cluster, families)
      assert.ok(hasInk(glyph), cluster)
      assert.equal(glyph.equals(box), false, cluster)
      // The box of another family would look different; it would appear when the character stands alone as well.
      const own = fontFamiliesFor(cluster)
      assert.equal(drawCluster(cluster, own).equals(drawCluster('\u{10FFFD}', own.split(', ').at(-1) ?? '')), false)
    }
  })
}

const widthOf = (text: string): number => {
  const context = createCanvas(9, 9).getContext('2d')
  context.textRendering = 'geometricPrecision'
  context.font = `500 40px ${fontFamiliesFor(text)}`
  return context.measureText(text).width
}

test('joined emoji and flags are one glyph, not their parts in a row, beside other emoji as well', () => {
  const one = widthOf('😀')
  for (const emoji of ['👩🏽‍🚀', '👨‍👩‍👧‍👦', '🏳️‍🌈', '🇯🇵', '❤️‍🔥', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '1️⃣', '🐻‍❄️', '🧑‍🤝‍🧑', '👁️‍🗨️']) {
    for (const others of ['', '🌈🏳️', '👩👨👧🚀', '🐻🔥❤️']) {
      const glyphs = widthOf(emoji + others) / one
      assert.ok(Math.abs(glyphs - 1 - clustersOf(others).length) < 0.05, `${emoji}${others} ${glyphs}`)
    }
  }
})

test('letters take their joined forms', () => {
  const families = fontFamiliesFor('محمدक्षत्रिয')
  for (const word of ['محمد', 'سلام', 'क्षत्रिय']) {
    const apart = word.replace(/(?<=[\p{sc=Arabic}्])(?=.)/gu, '\u200c')
    assert.notEqual(apart, word)
    assert.equal(drawCluster(word, families).equals(drawCluster(apart, families)), false, word)
  }
})

test('Han characters take the forms of the language around them', () => {
  const forms = ['直', '直の', '直를', '直ㄅ'].map((text) =>
    drawCluster('直', fontFamiliesFor(text)).toString('base64'),
  )
  assert.ok(new Set(forms).size >= 3)
})

function drawCluster(cluster: string, families: string): Buffer {
  const canvas = createCanvas(90, 90)
  const context = canvas.getContext('2d')
  context.font = `500 40px ${families}`
  context.fillText(cluster, 12, 58)
  return Buffer.from(canvas.data())
}

function hasInk(pixels: Buffer): boolean {
  return pixels.some((value) => value > 0)
}
