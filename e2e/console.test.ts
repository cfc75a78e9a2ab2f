import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from './testing/browser.ts'
import { enter, openPage, ownerLink } from './testing/console.ts'
import { graveFaults } from './testing/grave-faults.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

const PAGES = [
  '/playground',
  '/playground/canvas-1',
  '/requests',
  '/usage',
  '/credits',
  '/webhooks',
  '/keys',
  '/agents',
  '/models',
  '/settings',
  '/nowhere',
]

describe('the console in a browser', () => {
  let clipia: Clipia
  let browser: Browser
  let page: Page
  let faults: string[]
  before(async () => {
    clipia = await startClipia()
    browser = await openBrowser()
    ;({ page, faults } = await openPage(browser, clipia))
  })
  after(async () => {
    await browser.close()
    await clipia.stop()
  })

  test('lets the first owner in by the operator’s link, and leaves no token in the address', async () => {
    await enter(page, await ownerLink(clipia), { name: 'Anna', email: 'anna@example.com' })
    await page.getByRole('link', { name: /Canvas 1/ }).waitFor()
    assert.equal(page.url(), `${clipia.url}/playground`)
  })

  test('shows its first page with less than 200 KB of script, packed', async () => {
    const { page: fresh, context } = await openPage(browser, clipia)
    const scripts: Promise<number>[] = []
    fresh.on('response', (response) => {
      if (!response.url().endsWith('.js')) return
      scripts.push(response.body().then((body) => gzipSync(body).length))
    })
    await context.addCookies(await page.context().cookies())
    await fresh.goto(`${clipia.url}/playground`)
    await fresh.getByRole('link', { name: /Canvas 1/ }).waitFor()
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0)
    assert.ok(scripts.length > 0 && bytes < 200_000, `${bytes} bytes of script`)
    await context.close()
  })

  test('names the exact price as one types, runs, and shows what was made', async () => {
    await page.getByRole('link', { name: /Canvas 1/ }).click()
    await page.getByText('The price appears when the form is complete').waitFor()
    await page.getByLabel('prompt').fill('A lighthouse above the clouds')
    await page.getByText('1 credit', { exact: true }).waitFor()
    await page.getByLabel('2K').check({ force: true })
    await page.getByText('2 credits', { exact: true }).waitFor()
    await page.getByLabel('1K').check({ force: true })
    await page.getByLabel('prompt').press('Control+Enter')
    const picture = page.getByRole('img', { name: 'A lighthouse above the clouds' })
    await picture.waitFor()
    assert.ok((await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)) > 0)
    assert.equal((await clipia.live.get('/v1/account')).json<{ balance: { credits: number } }>().balance.credits, 999)
    const code = await page.locator('pre').textContent()
    assert.match(code ?? '', /\/v1\/models\/canvas-1/)
    assert.doesNotMatch(code ?? '', /clipia_live_[0-9A-Za-z]{10}/)
  })

  test('keeps what ran: in the history of the model, in the list, and on a page with its price and ledger', async () => {
    await page.getByRole('region', { name: 'History' }).getByRole('button').waitFor()
    await page.getByRole('link', { name: 'Requests', exact: true }).click()
    await page.getByRole('row').filter({ hasText: 'completed' }).getByRole('link').click()
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
    await page.getByText('"prompt": "A lighthouse above the clouds"').waitFor()
    await page.getByText(/^Charge/).waitFor()
    await page.getByRole('link', { name: 'Use these inputs' }).click()
    await page.getByRole('heading', { name: 'Canvas 1' }).waitFor()
    assert.equal(await page.getByLabel('prompt').inputValue(), 'A lighthouse above the clouds')
  })

  test('shows a new key once; it works, and is revoked at once', async () => {
    await page.getByRole('link', { name: 'API keys' }).click()
    await page.getByRole('button', { name: 'Create a key' }).click()
    await page.getByLabel('Name').fill('From the browser')
    await page.getByRole('dialog').getByRole('button', { name: 'Create a key' }).click()
    const key = await page.getByRole('dialog').locator('code').first().textContent()
    assert.match(key ?? '', /^clipia_live_[0-9A-Za-z]{32}$/)
    await page.getByRole('button', { name: 'I have it' }).click()
    const account = () => fetch(`${clipia.url}/v1/account`, { headers: { authorization: `Bearer ${key}` } })
    assert.equal((await account()).status, 200)
    const row = page.getByRole('listitem').filter({ hasText: 'From the browser' })
    assert.ok(!(await page.content()).includes(key ?? ''))
    await row.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await row.getByText('revoked').waitFor()
    assert.equal((await account()).status, 401)
  })

  for (const [theme, width, language] of [
    ['light', 1280, 'en'],
    ['dark', 1280, 'ru'],
    ['light', 360, 'en'],
    ['dark', 360, 'ru'],
    ['dark', 3840, 'en'],
  ] as const) {
    test(`keeps nobody out of any page, ${theme}, ${width} pixels wide, in ${language}`, async () => {
      await page.setViewportSize({ width, height: 800 })
      await page.evaluate((value) => localStorage.setItem('clipia.theme', value), theme)
      await page.evaluate((value) => localStorage.setItem('clipia.language', value), language)
      for (const path of PAGES) {
        await page.goto(clipia.url + path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        // What axe looks for is the same on a wider screen.
        if (width <= 1280) assert.deepEqual(await graveFaults(page), [], `${path} ${theme} ${width}`)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        assert.ok(overflow <= 0, `${path} is ${overflow} pixels too wide`)
      }
    })
  }

  test('follows the theme and the language one chooses, and keeps them', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(`${clipia.url}/keys`)
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
    for (const value of ['light', 'dark']) {
      await page.getByLabel('Theme').selectOption(value)
      assert.equal(await theme(), value)
    }
    await page.getByLabel('Language').selectOption('ru')
    await page.reload()
    assert.equal(await theme(), 'dark')
    await page.getByRole('heading', { name: 'API-ключи' }).waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'ru')
  })

  test('signs out, and shows nobody anything any more', async () => {
    await page.getByRole('button', { name: 'Выйти' }).click()
    await page.getByRole('heading', { name: 'Вход в Clipia' }).waitFor()
    await page.goto(`${clipia.url}/keys`)
    await page.getByRole('heading', { name: 'Вход в Clipia' }).waitFor()
  })

  test('broke no content policy, logged no error of its own and asked no other host', () => {
    // A form that is not complete yet has no price: the browser logs the 422 of the estimate; 401 is the end of a session,
    // 404 the page that is nowhere.
    assert.deepEqual(
      faults.filter((fault) => !/status of (422|401|404)/.test(fault)),
      [],
    )
  })
})
