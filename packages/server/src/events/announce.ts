import type { Mode } from '@clipia/contract'
import type { Notifications } from '../database/notifications.ts'

/** A connection to whoever waits. */
interface Announcing {
  notifications: Notifications
}

/** What notices are about: a request, the ends of an account and mode, or that any node with room is wanted. */
export const TOPICS = { request: 'request', endings: 'endings', work: 'work' } as const

/** Tells that a request's status, progress or log changed. To be called after the commit. */
export function announceChange({ notifications }: Announcing, requestId: string): void {
  notifications.notify(TOPICS.request, requestId)
}

/** Tells that a request of an account and mode ended. To be called after the commit. */
export function announceEnding({ notifications }: Announcing, accountId: string, mode: Mode): void {
  notifications.notify(TOPICS.endings, endingsId(accountId, mode))
}

/** Asks nodes with room to look at the queue. */
export function announceWork({ notifications }: Announcing): void {
  notifications.notify(TOPICS.work, '-')
}

/** The id under which the ends of an account and mode are announced. */
export function endingsId(accountId: string, mode: Mode): string {
  return `${accountId}:${mode}`
}
