import type { Logger } from 'pino'
import type { DatabaseClock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { EventHub } from '../events/event-hub.ts'
import type { FileDependencies } from '../files/upload-file.ts'
import type { CallbackAddresses } from '../generations/callback-address.ts'
import type { SubmitDependencies } from '../generations/submit-generation.ts'
import type { Authenticate } from '../keys/authenticate.ts'
import type { RateLimiter } from '../limits/rate-limiter.ts'
import type { BlobFolder } from '../media/blob-folder.ts'
import type { Auth } from '../members/auth.ts'
import type { Metrics } from '../metrics/create-metrics.ts'
import type { SafePost } from '../network/safe-post.ts'
import type { SecretDependencies } from '../webhooks/secret-row.ts'

/** What the HTTP layer needs of the process. */
export interface Services extends SubmitDependencies, SecretDependencies, FileDependencies {
  database: Database
  clock: DatabaseClock
  authenticate: Authenticate
  /** The sign-in library, loaded at its first use. */
  auth: () => Promise<Auth>
  /** Proxies whose word is taken for where a request comes from: addresses or CIDR ranges. */
  trustedProxies: string[]
  limiter: RateLimiter
  /** Wakes those who wait. */
  events: EventHub
  /** Sends webhooks to checked addresses only. */
  post: SafePost
  /** Where the bytes of media and files lie. */
  folder: BlobFolder
  /** Where providers call back. */
  callbackAddresses: CallbackAddresses
  /** Origin of the API without a trailing slash; known only once the server listens. */
  publicUrl: () => string
  /** Where media are served, with a trailing slash. */
  mediaUrl: () => string
  /** Why this node should get no traffic now, or null. */
  unreadyReason: () => string | null
  log: Logger
  /** What counts answers; with a token it is served here to who knows it. Null where nobody reads it. */
  metrics: { metrics: Metrics; token: string | null } | null
}
