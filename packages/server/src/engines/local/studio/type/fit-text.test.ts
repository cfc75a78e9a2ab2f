import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { drawText, fitText } from './fit-text.ts'

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
  const unspaced = ['漢字'.repeat(900), 'แสงสว่างยามค่ำ'.repeat(200), '👩🏽‍🚀'.repeat(900), 'مدينة الضوء '.repeat(400)]
  for (const text of [
    ...['wide '.repeat(2000), 'W'.repeat(400_000), 'Ширина'.repeat(800), 'a\n'.repeat(400)],
    ...unspaced,
  ]) {
    const fitted = fitText(context, text, ROOM)
    assert.ok(fitted.height <= ROOM.height, text.slice(0, 9))
    assert.ok(fitted.width <= ROOM.width, text.slice(0, 9))
    assert.match(fitted.lines.at(-1) ?? '', /…$/)
  }
})

/** The smallest box around all drawn pixels. */
function inkOf(canvas: Canvas): { left: number; right: number; top: number; bottom: number } {
  const { width, height } = canvas
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
  const box = { left: width, right: 0, top: height, bottom: 0 }
  for (let place = 0; place < data.length / 4; place += 1) {
    if (data[place * 4 + 3] === 0) continue
    const [x, y] = [place % width, Math.floor(place / width)]
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  return box
}

for (const prompt of [
  'Jagged flight over Łódź, Юрий и Щука',
  'ที่นี่น้ำท่วมปี๋ ผู้ใหญ่บ้าน',
  'السلام عليكم ورحمة الله',
  'क्षत्रिय हिन्दी किताब',
  'မြန်မာဘာသာ ကြိုဆို',
  'Ấ́ Ǻ Ẫ Ș Ģ',
]) {
  test(`drawn pixels stay within the measured width and height: ${prompt}`, () => {
    const canvas = createCanvas(1000, 400)
    const drawing = canvas.getContext('2d')
    const text = fitText(drawing, prompt, ROOM)
    drawText(drawing, text, 100, 100)
    const { left, right, top, bottom } = inkOf(canvas)
    assert.ok(left > 94 && right < 106 + text.width, `${left} to ${right} of ${text.width}`)
    assert.ok(top > 97 && bottom < 103 + text.height, `${top} to ${bottom} of ${text.height}`)
  })
}

test('a text that is read from the right stands at the right edge of its column, any other at the left one', () => {
  const edges = (prompt: string) => {
    const canvas = createCanvas(1000, 400)
    const drawing = canvas.getContext('2d')
    drawText(drawing, fitText(drawing, prompt, ROOM), 100, 100, 600)
    return inkOf(canvas)
  }
  for (const prompt of ['שלום ABC', 'مرحبا 123', '«مرحبا»']) {
    assert.ok(edges(prompt).right > 690 && edges(prompt).left > 300, prompt)
  }
  assert.ok(edges('ABC שלום').left < 110 && edges('ABC שלום').right < 500)
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
