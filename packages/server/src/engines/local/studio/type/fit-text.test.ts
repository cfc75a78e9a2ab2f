import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCanvas } from '@napi-rs/canvas'
import { drawText, fitText } from './fit-text.ts'
import { fontFamiliesFor } from './fonts.ts'

const ROOM = { width: 600, height: 260, largest: 60, smallest: 20 }
const context = createCanvas(1000, 400).getContext('2d')

test('a short text is large and a long one is smaller, down to the smallest size', () => {
  const sizes = ['Sea', 'sea '.repeat(40), 'sea '.repeat(900)].map((text) => fitText(context, text, ROOM).size)
  const [short = 0, middle = 0, long = 0] = sizes
  assert.ok(short > middle && middle > long)
  assert.equal(short, 60)
  assert.equal(long, 20)
})

test('no text leaves its room, however long and without a blank, and what is cut ends with an ellipsis', () => {
  for (const text of ['wide '.repeat(2000), 'W'.repeat(400_000), 'Ширина'.repeat(800), 'a\n'.repeat(400)]) {
    const fitted = fitText(context, text, ROOM)
    assert.ok(fitted.height <= ROOM.height, text.slice(0, 9))
    assert.ok(fitted.width <= ROOM.width, text.slice(0, 9))
    assert.match(fitted.lines.at(-1) ?? '', /…$/)
  }
})

test('drawn pixels stay within the measured width and height', () => {
  const canvas = createCanvas(1000, 400)
  const drawing = canvas.getContext('2d')
  const text = fitText(drawing, 'Jagged flight over Łódź, Юрий и Щука', ROOM)
  drawText(drawing, text, 100, 100)
  const { data } = drawing.getImageData(0, 0, 1000, 400)
  for (let place = 0; place < data.length / 4; place += 1) {
    if (data[place * 4 + 3] === 0) continue
    const [x, y] = [place % 1000, Math.floor(place / 1000)]
    assert.ok(x > 96 && x < 104 + text.width && y > 88 && y < 100 + text.height, `${x},${y}`)
  }
})

test('lines of a caption are about equally long instead of leaving one word alone', () => {
  for (const text of ['The last tram of the evening leaves for the blue snow', 'A lagoon seen from very far above']) {
    const { lines } = fitText(context, text, { ...ROOM, width: 480 })
    const lengths = lines.map((line) => line.length)
    assert.ok(lines.length > 1 && Math.min(...lengths) > Math.max(...lengths) * 0.6, lines.join('|'))
  }
})

test('no line of a caption ends with a tiny word that belongs to the next', () => {
  const { lines } = fitText(context, 'Ветер над рекой в последний день лета', { ...ROOM, width: 800 })
  assert.deepEqual(lines, ['Ветер над рекой', 'в последний день лета'])
})

test('Latin, Cyrillic, Greek and Vietnamese letters are drawn by a font and not as the box of a missing one', () => {
  const alphabet = 'AZaz09&ßÆŁőșДЯйщїўΩλξễựđ€№«»—…'
  const families = fontFamiliesFor(alphabet)
  const box = drawGlyph('\u{10FFFD}', families)
  assert.ok(
    box.some((value) => value > 0),
    'the box of a missing glyph has pixels',
  )
  for (const letter of alphabet) {
    const glyph = drawGlyph(letter, families)
    assert.ok(
      glyph.some((value) => value > 0),
      letter,
    )
    assert.equal(glyph.equals(box), false, letter)
  }
})

function drawGlyph(letter: string, families: string): Buffer {
  const canvas = createCanvas(60, 60)
  const glyph = canvas.getContext('2d')
  glyph.font = `500 40px ${families}`
  glyph.fillText(letter, 8, 46)
  return Buffer.from(canvas.data())
}
