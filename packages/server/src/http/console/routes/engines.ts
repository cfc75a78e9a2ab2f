import type { ENGINE_OPERATIONS, EngineEntry } from '@clipia/contract'
import { countByPool } from '../../../generations/count-by-pool.ts'
import type { Services } from '../../services.ts'
import type { ConsoleHandlers } from '../console-handler.ts'

/** What renders. */
export function engineRoutes({
  database,
  catalogue,
  engines,
}: Services): Pick<ConsoleHandlers, keyof typeof ENGINE_OPERATIONS> {
  return {
    listEngines: async () => {
      const counts = await countByPool(database)
      const entries = new Map<string, EngineEntry>()
      for (const model of catalogue().list()) {
        for (const { engine: name, settings } of model.routes) {
          const engine = engines.get(name)
          const entry = entries.get(name) ?? {
            name,
            is_active: engine?.isActive() ?? false,
            capacity: engine?.traits.capacity ?? null,
            waiting: counts.get(name)?.waiting ?? 0,
            running: counts.get(name)?.running ?? 0,
            models: [],
          }
          entries.set(name, entry)
          if (entry.models.some(({ slug }) => slug === model.slug)) continue
          entry.models.push({ slug: model.slug, name: model.name, is_active: engine?.isActive(settings) ?? false })
        }
      }
      return { body: { data: [...entries.values()].sort((left, right) => (left.name < right.name ? -1 : 1)) } }
    },
  }
}
