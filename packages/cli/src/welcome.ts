import type { FirstAccount } from '@clipia/server/accounts/create-first-account'

/** What a first start tells its operator: the keys, and requests to paste that take the whole main path. */
export function welcome({ accountId, liveKey, testKey }: FirstAccount, url: string): string {
  return `
Clipia serves ${url}   (reference: ${url}/docs)

  account   ${accountId}, with 1,000 credits
  live key  ${liveKey}   spends credits
  test key  ${testKey}   sandbox, costs nothing

The keys are shown this once. Try them:

  export CLIPIA_KEY=${liveKey}

  # what is there
  curl -H "Authorization: Bearer $CLIPIA_KEY" ${url}/v1/models

  # what it costs
  curl -H "Authorization: Bearer $CLIPIA_KEY" ${url}/v1/models/canvas-1/estimate \\
    -d '{"input": {"prompt": "A lighthouse above the clouds"}}'

  # make it: answers a request_id
  curl -H "Authorization: Bearer $CLIPIA_KEY" ${url}/v1/models/canvas-1 \\
    -d '{"input": {"prompt": "A lighthouse above the clouds"}}'

  # its result, with the URLs of the pictures
  curl -H "Authorization: Bearer $CLIPIA_KEY" ${url}/v1/requests/<request_id>

  # or all of it: price, progress, the saved picture
  CLIPIA_BASE_URL=${url} npx clipia generate canvas-1 --prompt "A lighthouse above the clouds" --wait
`.trim()
}
