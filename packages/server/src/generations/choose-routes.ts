import type { Mode } from '@clipia/contract'
import type { Model, NormalizedInput } from '../catalogue/model.ts'
import { describeCondition, findUnmet, type Route } from '../catalogue/route.ts'
import type { Engines } from '../engines/engine.ts'
import { ClipiaError } from '../errors.ts'

/** Whether a route could be taken here now. */
export function isActiveRoute(route: Pick<Route, 'engine' | 'settings'>, engines: Engines): boolean {
  return engines.get(route.engine)?.isActive(route.settings) ?? false
}

/**
 * The routes of a model that take an input, in the order to try them: the active ones, then those that may become active
 * while the request waits. Throws `model_input_invalid` when none takes it, or, for a live request, none that is active:
 * it names what an active route does take, so that the caller can change the input. The sandbox runs no engine, so there
 * an inactive route is enough.
 */
export function chooseRoutes(model: Model, input: NormalizedInput, mode: Mode, engines: Engines): readonly Route[] {
  const taking = model.routes.filter((route) => findUnmet(route, input) === null)
  const active = taking.filter((route) => isActiveRoute(route, engines))
  if (active.length > 0 || (mode === 'test' && taking.length > 0)) {
    return [...active, ...taking.filter((route) => !active.includes(route))]
  }
  const nearest = model.routes.find((route) => mode === 'test' || isActiveRoute(route, engines))
  const unmet = nearest === undefined ? null : findUnmet(nearest, input)
  if (unmet === null) {
    throw new ClipiaError('model_input_invalid', `No engine that is set up here takes this input of ${model.slug}.`)
  }
  const message = `${unmet.param} ${describeCondition(unmet)}: no engine that is set up here takes the input as it is`
  throw new ClipiaError('model_input_invalid', message, { param: unmet.param })
}
