import { createOwnerLink } from '../members/create-link.ts'
import type { CallOptions, TestAnswer, TestApp } from './test-app.ts'

/** Where the pages of the test app come from. */
export const ORIGIN = 'http://clipia.test'

/** A browser with a session: it keeps cookies and names its origin. */
export interface Browser {
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<TestAnswer>
}

/** A browser without a session yet. */
export function createBrowser(test: TestApp, headers: Record<string, string> = {}): Browser {
  const jar = new Map<string, string>()
  return {
    async call(method, path, body) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const options: CallOptions = { key: null, headers: { origin: ORIGIN, cookie, ...headers }, body }
      const answer = await test.call(method, `/console/v1${path}`, options)
      for (const text of [answer.headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(String(text)) ?? []
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      return answer
    },
  }
}

/** A browser signed in as a new owner of the account. */
export async function signInAsOwner(
  test: TestApp,
  { accountId = test.accountId, email = 'owner@example.com' } = {},
): Promise<Browser> {
  const browser = createBrowser(test)
  const { token } = await createOwnerLink(test.app.services, accountId)
  const body = { token, email, name: 'Olga', password: 'correct horse' }
  const answer = await browser.call('POST', '/links/redeem', body)
  if (answer.status !== 200) throw new Error(`no session: ${JSON.stringify(answer.body)}`)
  return browser
}
