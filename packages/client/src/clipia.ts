import { type AccountCalls, createAccount } from './account.ts'
import { type ClientConfig, checkConfig } from './client-config.ts'
import { createDeliveries, type Deliveries } from './deliveries.ts'
import { createDownload, type Download } from './download.ts'
import { createFiles, type Files } from './files.ts'
import { createTransport } from './http/transport.ts'
import { createModels, type Models } from './models.ts'
import { createQueue, type Queue } from './queue.ts'
import { createRequests, type Requests } from './requests.ts'
import { createSubscribe, type Subscribe } from './subscribe.ts'

/**
 * A client of one Clipia server with one key. Its calls throw a ClipiaApiError when the API fails; a generation that failed
 * is a result.
 */
export class Clipia {
  /** The queue, one call a method. */
  readonly queue: Queue
  /** Submits a generation and waits for its result; with a `requestId` it resumes that one. Never submits twice. */
  readonly subscribe: Subscribe
  readonly models: Models
  readonly account: AccountCalls
  readonly requests: Requests
  readonly files: Files
  readonly deliveries: Deliveries
  /** Saves the media of a result in a folder and answers the paths of the files. */
  readonly download: Download

  /** Throws a TypeError for an option that cannot work, or a missing key. */
  constructor(config?: ClientConfig) {
    const checked = checkConfig(config)
    // The transport alone knows the key, in a closure: a client that is printed or serialised shows none.
    const transport = createTransport(checked)
    this.queue = createQueue(transport)
    this.subscribe = createSubscribe(transport, this.queue)
    this.models = createModels(transport)
    this.account = createAccount(transport)
    this.requests = createRequests(transport)
    this.files = createFiles(transport)
    this.deliveries = createDeliveries(transport)
    this.download = createDownload(checked)
  }
}

/** A client, by the name published clients call it. */
export type ClipiaClient = Clipia

/** Makes a client; the same as `new Clipia(config)`. */
export function createClient(config?: ClientConfig): ClipiaClient {
  return new Clipia(config)
}
