import type { StudioStyle } from '../studio-task-types.ts'
import type { Style } from '../style.ts'
import { auroraStyle } from './aurora.ts'
import { bloomStyle } from './bloom.ts'
import { flowStyle } from './flow.ts'
import { glassStyle } from './glass.ts'
import { gridStyle } from './grid.ts'
import { orbitsStyle } from './orbits.ts'
import { paperStyle } from './paper.ts'
import { ridgesStyle } from './ridges.ts'
import { risoStyle } from './riso.ts'
import { weaveStyle } from './weave.ts'

/** Every style by its name. */
export const STYLES: Record<StudioStyle, Style> = {
  flow: flowStyle,
  ridges: ridgesStyle,
  grid: gridStyle,
  aurora: auroraStyle,
  weave: weaveStyle,
  paper: paperStyle,
  glass: glassStyle,
  orbits: orbitsStyle,
  bloom: bloomStyle,
  riso: risoStyle,
}
