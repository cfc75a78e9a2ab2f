/** An engine file that uses every field; tests break it in one place each. */
export const ACME_FILE = `name: acme
base_url: https://api.acme.example/v1
base_url_variable: ACME_BASE_URL
credential_variable: ACME_API_KEY
headers:
  authorization: Token {credential}
  x-acme-version: "2027-01-01"
capacity: 4
poll_seconds: 1
media_inputs: data_url
failures_are_free: true
start:
  path: /models/{settings.model}/jobs
  body: '{"prompt": input.prompt, "parameters": $sift(input, function($v, $k) { $k != "prompt" }), "notify": callback_url}'
  ticket: job.id
  idempotency_header: Idempotency-Key
check:
  path: /jobs/{ticket}?fields=all
  lost: status = 410
cancel:
  method: DELETE
  path: /jobs/{ticket}
  only_waiting: true
find:
  path: /jobs?reference={request_id}
  ticket: jobs[0].id
answer:
  status: job.state
  words:
    queued: [pending, 0]
    running: [working]
    finished: [done]
    failed: [broken]
    rejected: [blocked]
    canceled: [stopped]
  progress: job.fraction * 100
  media: job.files.href
  seed: job.seed
  error: error.text
  rejected: error.kind = "moderation"
  charged: job.billed
  usage: { unit: usd, amount: job.cost }
callback:
  secret_variable: ACME_WEBHOOK_SECRET
  ticket: job.id
`
