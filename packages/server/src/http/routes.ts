import type { Handlers } from './handler.ts'
import { getAccountRoute } from './routes/account/get.ts'
import { listLedgerRoute } from './routes/account/ledger.ts'
import { listDeliveriesRoute } from './routes/deliveries/list.ts'
import { listRequestDeliveriesRoute } from './routes/deliveries/list-of-request.ts'
import { redeliverRoute } from './routes/deliveries/redeliver.ts'
import { deleteFileRoute } from './routes/files/delete.ts'
import { getFileRoute } from './routes/files/get.ts'
import { listFilesRoute } from './routes/files/list.ts'
import { uploadFileRoute } from './routes/files/upload.ts'
import { estimateRoute } from './routes/models/estimate.ts'
import { getModelRoute } from './routes/models/get.ts'
import { listModelsRoute } from './routes/models/list.ts'
import { submitRoute } from './routes/models/submit.ts'
import { cancelRoute } from './routes/requests/cancel.ts'
import { deleteRequestRoute } from './routes/requests/delete.ts'
import { streamStatusRoute } from './routes/requests/events.ts'
import { getResultRoute } from './routes/requests/get.ts'
import { listRequestsRoute } from './routes/requests/list.ts'
import { getStatusRoute } from './routes/requests/status.ts'
import { streamWebhooksRoute } from './routes/webhooks/events.ts'
import type { Services } from './services.ts'

/** The API: every operation of the contract and what serves it. */
export function createHandlers(services: Services): Handlers {
  return {
    listModels: listModelsRoute(services),
    getModel: getModelRoute(services),
    estimate: estimateRoute(services),
    submit: submitRoute(services),
    listRequests: listRequestsRoute(services),
    getStatus: getStatusRoute(services),
    getResult: getResultRoute(services),
    streamStatus: streamStatusRoute(services),
    cancel: cancelRoute(services),
    listDeliveries: listDeliveriesRoute(services),
    listRequestDeliveries: listRequestDeliveriesRoute(services),
    streamWebhooks: streamWebhooksRoute(services),
    redeliver: redeliverRoute(services),
    deleteRequest: deleteRequestRoute(services),
    uploadFile: uploadFileRoute(services),
    listFiles: listFilesRoute(services),
    getFile: getFileRoute(services),
    deleteFile: deleteFileRoute(services),
    getAccount: getAccountRoute(services),
    listLedger: listLedgerRoute(services),
  }
}
