import type { DatabaseClock } from '../../clock.ts'
import type { EventHub } from '../../events/event-hub.ts'
import type { KeyUse } from '../../keys/key-use.ts'
import type { BlobFolder } from '../../media/blob-folder.ts'
import type { StepDependencies } from '../step-dependencies.ts'
import { applyRetention } from './apply-retention.ts'
import { discardUnused } from './discard-unused.ts'
import type { Duty } from './duty.ts'
import { endOverdue } from './end-overdue.ts'
import { expireUploads } from './expire-uploads.ts'
import { forgetBuckets } from './forget-buckets.ts'
import { forgetDeliveries } from './forget-deliveries.ts'
import { forgetEndings } from './forget-endings.ts'
import { forgetIdempotencyKeys } from './forget-idempotency-keys.ts'
import { forgetRenders } from './forget-renders.ts'
import { forgetSignIns } from './forget-sign-ins.ts'
import { giveUpDeliveries } from './give-up-deliveries.ts'
import { noteKeyUse } from './note-key-use.ts'
import { rerouteStranded } from './reroute-stranded.ts'
import { sampleClock } from './sample-clock.ts'
import { tendWaits } from './tend-waits.ts'

/** Every duty of a node. */
export function createDuties(
  of: StepDependencies & {
    clock: DatabaseClock
    folder: BlobFolder
    events: EventHub
    keyUse: KeyUse
    deliveryRetentionMs: number
    retentionMs: number | null
  },
): readonly Duty[] {
  return [
    sampleClock(of.clock),
    endOverdue(of),
    rerouteStranded(of),
    tendWaits(of.events),
    forgetRenders(of.database),
    applyRetention(of, of.retentionMs),
    expireUploads(of),
    discardUnused(of),
    noteKeyUse(of.keyUse),
    forgetSignIns(of.database, of.clock),
    forgetIdempotencyKeys(of.database, of.clock),
    forgetBuckets(of.database, of.clock),
    giveUpDeliveries(of.database, of.clock),
    forgetDeliveries(of.database, of.clock, of.deliveryRetentionMs),
    forgetEndings(of.database, of.clock, of.deliveryRetentionMs),
  ]
}
