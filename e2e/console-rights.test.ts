import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { fetchAll } from './testing/api.ts'
import { openBrowser } from './testing/browser.ts'
import { type ConsolePage, enter, openPage, ownerLink } from './testing/console.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

describe('who may do what in the console', () => {
  let clipia: Clipia
  let browser: Browser
  let owner: ConsolePage
  let member: ConsolePage
  let invitation: string
  before(async () => {
    clipia = await startClipia()
    browser = await openBrowser()
    owner = await openPage(browser, clipia)
    member = await openPage(browser, clipia)
    await enter(owner.page, await ownerLink(clipia), { name: 'Anna', email: 'anna@example.com' })
  })
  after(async () => {
    await browser.close()
    await clipia.stop()
  })
  const cookiesOf = async ({ context }: ConsolePage) =>
    (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const call = async (who: string, method: string, path: string, options: { body?: unknown; origin?: string } = {}) => {
    const { body, origin = clipia.url } = options
    const headers = { cookie: who, origin, ...(body !== undefined && { 'content-type': 'application/json' }) }
    const { status } = await fetchAll(`${clipia.url}/console/v1${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return status
  }

  test('an owner invites by a link that is shown once', async () => {
    await owner.page.goto(`${clipia.url}/settings`)
    await owner.page.getByRole('button', { name: 'Invite' }).click()
    await owner.page.getByLabel('Email').fill('mia@example.com')
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
    invitation = (await owner.page.getByRole('dialog').locator('code').textContent()) ?? ''
    assert.match(invitation, /\/welcome#[\w-]{40,}$/)
  })

  test('a member enters by it, runs and makes keys, but sees nothing that is the owner’s', async () => {
    const { page } = member
    await enter(page, invitation, { name: 'Mia' })
    assert.equal(await page.getByRole('link', { name: 'Models', exact: true }).count(), 0)
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByText('mia@example.com').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Invite' }).count(), 0)
    assert.equal(await page.getByRole('button', { name: 'Remove' }).count(), 0)
    await page.getByRole('link', { name: 'API keys' }).click()
    await page.getByRole('button', { name: 'Create a key' }).click()
    await page.getByLabel('Name').fill('Of Mia')
    await page.getByRole('dialog').getByRole('button', { name: 'Test' }).click()
    await page.getByLabel('What the sandbox plays').selectOption('fail')
    await page.getByText('Limits and expiry').click()
    await page.getByLabel('Quote needed above').fill('20')
    await page.getByRole('dialog').getByRole('button', { name: 'Create a key' }).click()
    await page.getByRole('button', { name: 'I have it' }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'Of Mia' })
    await row.getByText(/quote above 20 credits · Fails/).waitFor()
    await row.getByRole('button', { name: 'Change' }).click()
    await page.getByRole('dialog').getByText('Made').waitFor()
    await page.getByLabel('Quote needed above').fill('')
    await page.getByLabel('Credits in all').fill('7')
    await page.getByRole('button', { name: 'Save' }).click()
    await row.getByText(/0 of 7 credits spent/).waitFor()
    assert.equal(await row.getByText(/quote above/).count(), 0)
  })

  test('a member who calls the owner’s operations by hand is refused by the server', async () => {
    const mia = await cookiesOf(member)
    const { data } = JSON.parse(
      (await fetchAll(`${clipia.url}/console/v1/members`, { headers: { cookie: mia } })).text,
    ) as { data: { user_id: string; email: string }[] }
    const anna = data.find(({ email }) => email === 'anna@example.com')?.user_id
    assert.equal(await call(mia, 'GET', '/engines'), 403)
    assert.equal(await call(mia, 'POST', '/members', { body: { email: 'x@example.com', role: 'owner' } }), 403)
    assert.equal(await call(mia, 'POST', `/members/${anna}`, { body: { role: 'member' } }), 403)
    assert.equal(await call(mia, 'DELETE', `/members/${anna}`), 403)
  })

  test('an invitation and a sign-in link open nothing a second time', async () => {
    const token = new URL(invitation).hash.slice(1)
    const again = { body: { token, name: 'Eve', password: 'another horse' } }
    assert.equal(await call('', 'POST', '/links/redeem', again), 400)
    assert.equal(await call('', 'POST', '/links/read', { body: { token } }), 400)
  })

  test('nothing is changed for a page of another origin, nor for one that hides its own', async () => {
    const anna = await cookiesOf(owner)
    const wanted = { body: { name: 'Stolen', mode: 'live' } }
    for (const origin of ['https://evil.example', 'null', '', `${clipia.url}.evil.example`]) {
      assert.equal(await call(anna, 'POST', '/keys', { ...wanted, origin }), 403, `origin ${origin}`)
      assert.equal(
        await call('', 'POST', '/sign-in', { body: { email: 'anna@example.com', password: 'correct horse' }, origin }),
        403,
      )
    }
    assert.equal(await call(anna, 'POST', '/keys', wanted), 200)
  })

  test('a session cannot be planted, read by a script, or used after it was ended', async () => {
    const planted = 'better-auth.session_token=planted.by-an-attacker'
    assert.equal(await call(planted, 'GET', '/keys'), 401)
    const { page, context } = await openPage(browser, clipia)
    await page.goto(clipia.url)
    await page.getByLabel('Email').fill('mia@example.com')
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Playground' }).waitFor()
    const cookies = await context.cookies()
    assert.ok(cookies.length > 0 && cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite !== 'None'))
    assert.equal(await page.evaluate(() => document.cookie), '')
    await member.page.goto(`${clipia.url}/settings`)
    await member.page.getByRole('button', { name: 'Sign out' }).last().waitFor()
    const ended = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Clipia' }).waitFor()
    assert.equal(await call(ended, 'GET', '/keys'), 401)
  })

  test('tells a browser that is lost so by a page, and a program by an error', async () => {
    const html = await fetchAll(`${clipia.url}/nowhere`, { headers: { accept: 'text/html' } })
    assert.deepEqual([html.status, html.headers.get('content-type')], [404, 'text/html; charset=utf-8'])
    for (const path of ['/nowhere', '/v1/nowhere', '/console/v1/nowhere', '/media/nowhere', '/assets/nowhere.js']) {
      const headers = { accept: path === '/nowhere' ? '*/*' : 'text/html' }
      const answer = await fetchAll(clipia.url + path, { headers })
      assert.equal(answer.json<{ error: { code: string } }>().error.code, 'not_found', path)
    }
  })
})
