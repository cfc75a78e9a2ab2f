/** A queue of jobs that are over as soon as they are started: ours, or a peer's. */
export interface JobQueue {
  /** Resolves when the job is durable. */
  add(id: string): Promise<void>
  stop(): Promise<void>
}

/** What a queue tells while it works. */
export interface JobListener {
  onStart(id: string): void
  /** The job is over, and that is durable. */
  onDone(count: number): void
}

/** How many jobs every queue may have under way at once. */
export const CONCURRENCY = 64

/** What every job carries besides its id: as much as a submit of ours. */
export const PAYLOAD = {
  prompt: 'a lighthouse at dusk, in the manner of an old travel poster',
  resolution: '1K',
  count: 1,
}
