import type { StudioStyle } from '../studio-task-types.ts'
import type { Style } from '../style.ts'
import { auroraStyle } from './aurora.ts'
import { flowStyle } from './flow.ts'
import { gridStyle } from './grid.ts'
import { paperStyle } from './paper.ts'
import { ridgesStyle } from './ridges.ts'
import { weaveStyle } from './weave.ts'

/** Every style by its name. */
export const STYLES: Record<StudioStyle, Style> = {
  flow: flowStyle,
  ridges: ridgesStyle,
  grid: gridStyle,
  aurora: auroraStyle,
  weave: weaveStyle,
  paper: paperStyle,
}
