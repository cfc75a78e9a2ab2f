import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Hex } from '../color.ts'
import type { Random } from '../random.ts'
import type { Style } from '../style.ts'
import { drawMotif } from './grid-motifs.ts'
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
  paint(stage) {
    const { context, width, height, palette, random } = stage
    const rows = Math.max(2, Math.round(height / (Math.min(width, height) / random.pick([4, 5, 5, 6]))))
    const side = height / rows
    const columns = Math.max(2, Math.round(width / side))
    const lines = snapToPixels(stage, { x: width / columns, y: side })
    for (const cell of layOut(columns, rows, random)) {
      context.save()
      const [x, y] = [lines.x(cell.column), lines.y(cell.row)]
      const [right, bottom] = [lines.x(cell.column + cell.span), lines.y(cell.row + cell.span)]
      context.translate(x, y)
      context.scale((right - x) / 100, (bottom - y) / 100)
      paintCell(context, palette.colors, random, cell.span)
      context.restore()
    }
  },
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

function paintCell(context: SKRSContext2D, colors: readonly Hex[], random: Random, span: number): void {
  const [ground = '#ffffff', first = '#000000', second = '#888888'] = random.shuffle(colors)
  context.fillStyle = ground
  context.fillRect(0, 0, 100, 100)
  context.save()
  context.beginPath()
  context.rect(0, 0, 100, 100)
  context.clip()
  context.translate(50, 50)
  context.rotate((random.whole(0, 3) * Math.PI) / 2)
  context.translate(-50, -50)
  drawMotif(context, random, { first, second, ground, isLarge: span > 1 })
  context.restore()
}
