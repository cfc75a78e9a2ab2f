import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Hex, lighten, lightness } from '../color.ts'
import type { Random } from '../random.ts'
import type { Moment, Stage, Style } from '../style.ts'
import { type Motif, type MotifColors, pickMotif, pickMotifOfPicture } from './grid-motifs.ts'
import { snapToPixels } from './pixel-lines.ts'

interface Cell {
  column: number
  row: number
  span: number
}

/** A Bauhaus composition: plain shapes and plain colours on a strict grid, with a few large fields. */
export const gridStyle: Style = {
  layout: 'framed',
  grain: 0.07,
  palettes: [
    {
      paper: '#f2ece0',
      ink: '#1a1a1a',
      colors: ['#e63b2e', '#f2b632', '#1d4e89', '#1a1a1a', '#efe3cc'],
      moods: ['sea'],
    },
    {
      paper: '#f3eee6',
      ink: '#1c2541',
      colors: ['#1c2541', '#ff6b4a', '#f7c59f', '#2a9d8f', '#e9e0cf'],
      moods: ['sea', 'dawn'],
    },
    {
      paper: '#efeae2',
      ink: '#2b2118',
      colors: ['#2f4b3c', '#d9793f', '#e9c46a', '#7b2d26', '#e4dbc8'],
      moods: ['forest', 'fire'],
    },
    {
      paper: '#f4efe9',
      ink: '#241a33',
      colors: ['#5b2a86', '#ff8552', '#f6d55c', '#20639b', '#eadfd5'],
      moods: ['blossom'],
    },
    {
      paper: '#eef1ef',
      ink: '#10292f',
      colors: ['#0e5c63', '#f25f5c', '#ffe066', '#10292f', '#dde5df'],
      moods: ['sea', 'snow'],
    },
    {
      paper: '#191a1f',
      ink: '#f4efe3',
      colors: ['#e9c46a', '#e76f51', '#2a9d8f', '#f4efe3', '#2a2c35'],
      moods: ['night'],
    },
    {
      paper: '#f5efe6',
      ink: '#2d1b14',
      colors: ['#c1440e', '#e7a977', '#45503b', '#2d1b14', '#ead9c3'],
      moods: ['fire', 'forest'],
    },
  ],
  compose(stage) {
    const { width, height, random, guide } = stage
    const division = guide ? 15 : random.pick([4, 5, 5, 6])
    const rows = Math.max(2, Math.round(height / (Math.min(width, height) / division)))
    const columns = Math.max(2, Math.round(width / (height / rows)))
    const pitch = { x: width / columns, y: height / rows }
    const cells = (guide ? everyPlace(columns, rows) : layOut(columns, rows, random)).map((cell) =>
      fill(cell, stage, pitch),
    )
    return {
      paint(context, moment) {
        const lines = snapToPixels(context, pitch)
        for (const cell of cells) {
          context.save()
          const [x, y] = [lines.x(cell.column), lines.y(cell.row)]
          const [right, bottom] = [lines.x(cell.column + cell.span), lines.y(cell.row + cell.span)]
          context.translate(x, y)
          context.scale((right - x) / 100, (bottom - y) / 100)
          paintCell(context, cell, moment)
          context.restore()
        }
      },
    }
  },
}

/** A cell with what is in it. */
interface FilledCell extends Cell {
  ground: Hex
  motif: Motif
  colors: MotifColors
  /** In right angles. */
  turns: number
  /** When in a turn of time it turns, twice, by how many right angles each. */
  beats: { at: [number, number]; by: number }
}

function fill(cell: Cell, stage: Stage, pitch: { x: number; y: number }): FilledCell {
  const { random, palette, guide } = stage
  const [a = '#ffffff', b = '#000000', c = '#888888'] = random.shuffle(palette.colors)
  const beat = random.next()
  const beats: FilledCell['beats'] = { at: [beat, (beat + 0.5) % 1], by: random.pick([1, 2, 2]) }
  if (guide === null) {
    const colors = { first: b, second: c, ground: a, isLarge: cell.span > 1 }
    return { ...cell, ground: a, colors, motif: pickMotif(random, colors.isLarge), turns: random.whole(0, 3), beats }
  }
  const at = (across: number, down: number): Hex =>
    guide.colorAt((cell.column + across) * pitch.x, (cell.row + down) * pitch.y)
  const corners = [at(0.25, 0.25), at(0.75, 0.25), at(0.75, 0.75), at(0.25, 0.75)]
  const middle = at(0.5, 0.5)
  // The corner that differs most from the middle becomes the shape, turned to where it is.
  const contrast = corners.map((color) => Math.abs(lightness(color) - lightness(middle)))
  const turns = contrast.indexOf(Math.max(...contrast))
  const first = corners[turns] ?? middle
  const ground = corners[(turns + 2) % 4] ?? middle
  const isFlat = Math.abs(lightness(first) - lightness(ground)) < 0.035
  const shape = isFlat ? lighten(first, lightness(first) > 0.5 ? -0.05 : 0.05) : first
  const colors = { first: shape, second: middle, ground, isLarge: false }
  return { ...cell, ground, colors, motif: pickMotifOfPicture(random, isFlat), turns, beats }
}

function everyPlace(columns: number, rows: number): Cell[] {
  return Array.from({ length: columns * rows }, (_, index) => ({
    column: index % columns,
    row: Math.floor(index / columns),
    span: 1,
  }))
}

/** Some places of the grid are joined to squares of two or three; the rest stay single. */
function layOut(columns: number, rows: number, random: Random): Cell[] {
  const isTaken = Array.from({ length: rows }, () => Array<boolean>(columns).fill(false))
  const cells: Cell[] = []
  const place = ({ column, row, span }: Cell): void => {
    const fits = column + span <= columns && row + span <= rows
    const area = Array.from(
      { length: span * span },
      (_, i) => [row + Math.floor(i / span), column + (i % span)] as const,
    )
    if (!fits || area.some(([y, x]) => isTaken[y]?.[x])) return
    for (const [y, x] of area) {
      const line = isTaken[y]
      if (line) line[x] = true
    }
    cells.push({ column, row, span })
  }
  const anywhere = (span: number): Cell => ({
    column: random.whole(0, Math.max(0, columns - span)),
    row: random.whole(0, Math.max(0, rows - span)),
    span,
  })
  if (Math.min(columns, rows) >= 5 && random.chance(0.6)) place(anywhere(3))
  const large = Math.max(2, Math.round((columns * rows) / 9))
  for (let count = 0; count < large; count += 1) place(anywhere(2))
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) place({ column, row, span: 1 })
  }
  return cells
}

function paintCell(context: SKRSContext2D, cell: FilledCell, moment: Moment | null): void {
  context.fillStyle = cell.ground
  context.fillRect(0, 0, 100, 100)
  context.save()
  context.beginPath()
  context.rect(0, 0, 100, 100)
  context.clip()
  context.translate(50, 50)
  context.rotate(((cell.turns + turnsAt(cell.beats, moment)) * Math.PI) / 2)
  context.translate(-50, -50)
  cell.motif(context, cell.colors)
  context.restore()
}

/** The first beat turns it, the second turns it on or back, so that it is as before after both. */
function turnsAt({ at, by }: FilledCell['beats'], moment: Moment | null): number {
  if (moment === null) return 0
  const length = Math.min(0.3, 0.9 / moment.seconds)
  const progress = (beat: number): number => {
    const share = Math.min(1, ((moment.turn - beat + 1) % 1) / length)
    return share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2
  }
  const [first, second] = at
  const sinceFirst = (moment.turn - first + 1) % 1
  const isBetween = sinceFirst < 0.5
  const back = by === 2 ? 1 : -1
  return isBetween ? by * progress(first) : by + back * by * progress(second)
}
