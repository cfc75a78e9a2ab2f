import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { fetchAll } from './testing/api.ts'
import { openBrowser } from './testing/browser.ts'
import { graveFaults } from './testing/grave-faults.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { watchPage } from './testing/watch-page.ts'

const VIEWS = [
  { width: 1280, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const

describe('the guides and the reference in a browser', () => {
  let clipia: Clipia
  let browser: Browser
  before(async () => {
    clipia = await startClipia()
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    await clipia.stop()
  })

  /** Every link of a page to this server, as it is written: paths, and places within the page. */
  const linksOf = (page: Page): Promise<string[]> =>
    page
      .locator('a[href^="/"], a[href^="#"]')
      .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))])

  async function assertUsable(page: Page, width: number, faults: readonly string[]): Promise<void> {
    const url = page.url()
    assert.deepEqual(await graveFaults(page), [], url)
    assert.ok(
      (await page.evaluate(() => document.documentElement.scrollWidth)) <= width,
      `${url} is wider than ${width}`,
    )
    assert.deepEqual(faults, [], url)
  }

  for (const { width, colorScheme } of VIEWS) {
    test(`every guide can be read by everybody, ${width} px wide, ${colorScheme}`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
      const faults = watchPage(page, clipia.url)
      await page.goto(`${clipia.url}/guides`)
      const guides = (await linksOf(page)).filter((link) => /^\/guides\/[a-z]+$/.test(link))
      assert.ok(guides.length >= 10)
      for (const guide of guides) {
        await page.goto(clipia.url + guide)
        await page.locator('article h1').waitFor()
        await assertUsable(page, width, faults)
      }
      await page.close()
    })

    test(`so can the reference, ${width} px wide, ${colorScheme}`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
      const faults = watchPage(page, clipia.url)
      await page.goto(`${clipia.url}/docs#tag/requests/POST/v1/models/{slug}`)
      await page.getByText('Submit a generation').first().waitFor({ state: 'attached', timeout: 20_000 })
      await assertUsable(page, width, faults)
      const site = page.getByRole('navigation', { name: 'Site' })
      await site.getByRole('link', { name: 'Guides' }).click()
      await page.locator('article h1').waitFor()
      await site.getByRole('link', { name: 'Reference' }).click()
      await page.waitForURL(`${clipia.url}/docs`)
      await page.close()
    })
  }

  test('no link of a guide leads nowhere', async () => {
    const page = await browser.newPage()
    await page.goto(`${clipia.url}/guides`)
    const known = new Set<string>()
    const waiting = await linksOf(page)
    for (let link = waiting.pop(); link !== undefined; link = waiting.pop()) {
      if (known.has(link) || link.startsWith('#')) continue
      known.add(link)
      assert.notEqual((await fetchAll(clipia.url + link)).status, 404, link)
      if (!/^\/guides\/[a-z]+$/.test(link)) continue
      await page.goto(clipia.url + link)
      const links = await linksOf(page)
      for (const anchor of links.filter((other) => other.startsWith('#'))) {
        assert.equal(await page.locator(anchor).count(), 1, `${link}${anchor}`)
      }
      waiting.push(...links)
    }
    assert.ok(known.size > 12)
    await page.close()
  })
})
