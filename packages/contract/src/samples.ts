import type { Operation } from './operation.ts'
import type { OperationName } from './operations.ts'

/** How an operation is called from a language, as `x-codeSamples` of OpenAPI has it. */
export interface CodeSample {
  lang: string
  label: string
  source: string
}

/** Ids in samples: a reader puts his own in their place. */
const IDS = {
  request: '01a20d5c-7f3e-7c1a-9a52-5d0c8f4b2e61',
  delivery: '01a20d5c-93b0-7d4e-8c17-2f6a9e0b7d35',
  file: '01a20d5c-a8d4-7e90-b3f6-71c4d2e85a09',
} as const
const { request, delivery, file } = IDS

/** What our clients call an operation; the lines that make the client are put before it. */
const CALLS: Readonly<Record<OperationName, { typescript: string; python: string }>> = {
  listModels: {
    typescript: `const { data } = await clipia.models.list({ type: 'image' })
for (const { slug, name, pricing } of data) console.log(slug, name, pricing.credits)`,
    python: `for model in clipia.models.list(type="image")["data"]:
    print(model["slug"], model["name"], model["pricing"]["credits"])`,
  },
  getModel: {
    typescript: `const { input_schema } = await clipia.models.get('canvas-1')
console.log(input_schema)`,
    python: `print(clipia.models.get("canvas-1").get("input_schema"))`,
  },
  estimate: {
    typescript: `const input = { prompt: 'A lighthouse above the clouds', aspect_ratio: '16:9' } as const
const { credits, quote } = await clipia.models.estimate('canvas-1', input)
console.log(credits, quote)`,
    python: `input = {"prompt": "A lighthouse above the clouds", "aspect_ratio": "16:9"}
estimate = clipia.models.estimate("canvas-1", input)
print(estimate.credits, estimate.quote)`,
  },
  submit: {
    typescript: `const input = { prompt: 'A lighthouse above the clouds', aspect_ratio: '16:9' } as const
const result = await clipia.subscribe('canvas-1', {
  input,
  onSubmitted: ({ request_id, cost }) => console.log(request_id, cost),
})
console.log(result.status, result.output?.images?.[0]?.url) // clipia.queue.submit does not wait`,
    python: `result = clipia.subscribe(
    "canvas-1",
    {"prompt": "A lighthouse above the clouds", "aspect_ratio": "16:9"},
    on_submitted=lambda job: print(job.request_id, job.cost),
)
print(result.status, result.output)  # clipia.submit does not wait`,
  },
  listRequests: {
    typescript: `for await (const { request_id, status, cost } of clipia.requests.list({ status: 'FAILED', limit: 50 })) {
  console.log(request_id, status, cost)
}`,
    python: `for request in clipia.requests.list(status="FAILED", limit=50):
    print(request["request_id"], request["status"], request["cost"])`,
  },
  getStatus: {
    typescript: `const { status, queue_position, progress } = await clipia.queue.status('${request}')
console.log(status, queue_position, progress)`,
    python: `status = clipia.status("${request}")
print(status.status, status.queue_position, status.progress)`,
  },
  getResult: {
    typescript: `const result = await clipia.queue.result('${request}') // pending: true while it is not over
console.log(result.pending, result.status, result.output, result.error)`,
    python: `result = clipia.result("${request}")  # pending is True while it is not over
print(result.pending, result.status, result.output, result.error)`,
  },
  streamStatus: {
    typescript: `for await (const { status, progress } of clipia.queue.events('${request}')) {
  console.log(status, progress) // every change, until it is over
}`,
    python: `for status in clipia.events("${request}"):
    print(status.status, status.progress)  # every change, until it is over`,
  },
  cancel: {
    typescript: `const { status } = await clipia.queue.cancel('${request}')
console.log(status)`,
    python: `print(clipia.cancel("${request}").status)`,
  },
  deleteRequest: {
    typescript: `await clipia.requests.delete('${request}')`,
    python: `clipia.requests.delete("${request}")`,
  },
  listDeliveries: {
    typescript: `for await (const { delivery_id, state } of clipia.deliveries.list({ state: 'dead' })) {
  console.log(delivery_id, state)
}`,
    python: `for delivery in clipia.deliveries.list(state="dead"):
    print(delivery["delivery_id"], delivery["state"])`,
  },
  listRequestDeliveries: {
    typescript: `console.log(await clipia.deliveries.ofRequest('${request}'))`,
    python: `print(clipia.deliveries.of_request("${request}"))`,
  },
  redeliver: {
    typescript: `const { state } = await clipia.deliveries.redeliver('${delivery}')
console.log(state)`,
    python: `print(clipia.deliveries.redeliver("${delivery}")["state"])`,
  },
  streamWebhooks: {
    typescript: `for await (const { headers, body } of clipia.deliveries.listen()) {
  console.log(headers, body) // as a webhook would bring it, without end
}`,
    python: `for webhook in clipia.deliveries.listen():
    print(webhook)  # as a webhook would bring it, without end`,
  },
  uploadFile: {
    typescript: `const { file_id, url } = await clipia.files.upload('photo.jpg')
console.log(file_id, url) // the url is an input of models`,
    python: `file = clipia.files.upload("photo.jpg")
print(file["file_id"], file["url"])  # the url is an input of models`,
  },
  listFiles: {
    typescript: `for await (const { file_id, content_type } of clipia.files.list()) console.log(file_id, content_type)`,
    python: `for file in clipia.files.list():
    print(file["file_id"], file["content_type"])`,
  },
  getFile: {
    typescript: `console.log(await clipia.files.get('${file}'))`,
    python: `print(clipia.files.get("${file}"))`,
  },
  deleteFile: {
    typescript: `await clipia.files.delete('${file}')`,
    python: `clipia.files.delete("${file}")`,
  },
  getAccount: {
    typescript: `const { balance, usage_30d } = await clipia.account.get()
console.log(balance.credits, usage_30d.credits_spent)`,
    python: `print(clipia.account.get()["balance"]["credits"])`,
  },
  listLedger: {
    typescript: `for await (const { kind, credits } of clipia.account.ledger({ limit: 50 })) console.log(kind, credits)`,
    python: `for entry in clipia.account.ledger(limit=50):
    print(entry["kind"], entry["credits"])`,
  },
}

/** The samples of an operation that is called with a key: curl, our TypeScript client, our Python client. */
export function writeCodeSamples(name: OperationName, operation: Operation, origin: string): CodeSample[] {
  const { typescript, python } = CALLS[name]
  const maker =
    "import { createClient } from '@clipia/client'\n\nconst clipia = createClient() // the key is in CLIPIA_KEY\n"
  return [
    { lang: 'Shell', label: 'curl', source: writeCurl(operation, origin) },
    { lang: 'TypeScript', label: 'TypeScript', source: maker + typescript },
    {
      lang: 'Python',
      label: 'Python',
      source: `from clipia import Clipia\n\nclipia = Clipia()  # the key is in CLIPIA_KEY\n${python}`,
    },
  ]
}

function writeCurl({ method, path, body, bodyExample, upload, answers }: Operation, origin: string): string {
  const id = path.includes('/files/') ? file : path.includes('/deliveries/') ? delivery : request
  const isStream = answers[200]?.otherTypes !== undefined && 'text/event-stream' in answers[200].otherTypes
  const isSent = body !== undefined || upload !== undefined
  const url = `${origin}${path.replace('{slug}', 'canvas-1').replace('{id}', id)}`
  return [
    `curl ${isStream ? '-N ' : ''}${method === 'GET' || isSent ? '' : `-X ${method} `}${url}`,
    '-H "Authorization: Bearer $CLIPIA_KEY"',
    ...(path === '/v1/models/{slug}' && isSent ? ['-H "Idempotency-Key: order-17"'] : []),
    ...(upload ? [`-F ${upload.field}=@photo.jpg`] : []),
    ...(body ? [`-d '${JSON.stringify(bodyExample)}'`] : []),
  ].join(' \\\n  ')
}
