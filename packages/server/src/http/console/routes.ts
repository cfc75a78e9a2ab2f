import type { Services } from '../services.ts'
import type { ConsoleHandlers } from './console-handler.ts'
import { engineRoutes } from './routes/engines.ts'
import { insightRoutes } from './routes/insight.ts'
import { keyRoutes } from './routes/keys.ts'
import { memberRoutes } from './routes/members.ts'
import { sessionRoutes } from './routes/session.ts'
import { webhookRoutes } from './routes/webhooks.ts'

/** Every operation of the console and what serves it. */
export function createConsoleHandlers(services: Services): ConsoleHandlers {
  return {
    ...sessionRoutes(services),
    ...memberRoutes(services),
    ...keyRoutes(services),
    ...insightRoutes(services),
    ...webhookRoutes(services),
    ...engineRoutes(services),
  }
}
