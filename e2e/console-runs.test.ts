import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from './testing/browser.ts'
import { enter, openPage, ownerLink } from './testing/console.ts'
import { graveFaults } from './testing/grave-faults.ts'
import { type Receiver, startReceiver } from './testing/receiver.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'

describe('what runs in the console', () => {
  let clipia: Clipia
  let receiver: Receiver
  let browser: Browser
  let page: Page
  let faults: string[]
  before(async () => {
    receiver = await startReceiver()
    clipia = await startClipia({ environment: { CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1' } })
    browser = await openBrowser()
    ;({ page, faults } = await openPage(browser, clipia))
    await enter(page, await ownerLink(clipia), { name: 'Anna', email: 'anna@example.com' })
  })
  after(async () => {
    await browser.close()
    await clipia.stop()
  })
  const choose = (mode: 'Live' | 'Test') =>
    page.getByRole('group', { name: 'Mode' }).getByRole('button', { name: mode }).click()
  const open = (slug: string) => page.goto(`${clipia.url}/playground/${slug}`)
  const run = () => page.getByRole('button', { name: 'Run' }).click()
  const balance = async () => {
    const { credits } = (await clipia.live.get('/v1/account')).json<{ balance: { credits: number } }>().balance
    return credits
  }

  for (const mode of ['Test', 'Live'] as const) {
    test(`makes a picture and a film in ${mode.toLowerCase()} mode, and charges for the live ones only`, async () => {
      const before = await balance()
      await choose(mode)
      await open('canvas-1')
      await page.getByLabel('Prompt').fill('Paper boats')
      await run()
      const picture = page.getByRole('img', { name: 'Paper boats' })
      await picture.waitFor()
      await open('motion-1')
      await page.getByLabel('Prompt').fill('A quiet bay')
      await page.getByLabel('480p').check({ force: true })
      await run()
      const film = page.getByRole('region', { name: 'A quiet bay' })
      await film.getByRole('button', { name: 'A frame on' }).click()
      const video = film.locator('video')
      await page.waitForFunction(
        (element) => element !== null && (element as HTMLVideoElement).videoWidth > 0,
        await video.elementHandle(),
      )
      assert.equal(await video.evaluate((element: HTMLVideoElement) => element.loop), true)
      const spent = before - (await balance())
      assert.ok(mode === 'Live' ? spent > 1 : spent === 0, `${spent} credits`)
    })
  }

  test('looks into a picture: closer, at its actual size, and back with Escape', async () => {
    await open('canvas-1')
    await page.getByRole('region', { name: 'History' }).getByRole('button').first().click()
    await page.getByRole('button', { name: /^Look closer/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Closer' }).click()
    await page.keyboard.press('1')
    await dialog.getByText('100%').waitFor()
    assert.deepEqual(await graveFaults(page), [])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  test('shows at the field what the server refuses, and what is missing', async () => {
    await open('canvas-1')
    await run()
    await page.getByText('This is required.').waitFor()
    await page.getByLabel('Prompt').fill('Too many')
    await page.getByRole('spinbutton', { name: 'Num images' }).fill('9')
    const field = page.getByRole('spinbutton', { name: 'Num images' })
    await page.getByRole('alert').filter({ hasText: '4' }).waitFor()
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    await field.fill('2')
    await page.getByText('2 credits', { exact: true }).waitFor()
  })

  test('cancels what has not ended, and gives the credits back', async () => {
    const before = await balance()
    await open('motion-1')
    await page.getByLabel('Prompt').fill('Never to be seen')
    await page.getByLabel('1080p').check({ force: true })
    await page.getByRole('spinbutton', { name: 'Duration' }).fill('12')
    await run()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Canceled.').waitFor()
    assert.equal(await balance(), before)
  })

  test('sends a webhook again, and shows each attempt', async () => {
    const body = { input: { prompt: 'Tell me' }, webhook_url: receiver.url }
    const submitted = (await clipia.live.post('/v1/models/canvas-1', body)).json<{ request_id: string }>()
    await waitFor('the webhook', () => (receiver.received.length === 1 ? true : undefined))
    await page.goto(`${clipia.url}/requests/${submitted.request_id}`)
    await page.getByText(/^Attempt 1,/).waitFor()
    await page.getByRole('button', { name: 'Send again' }).click()
    await waitFor('the webhook again', () => (receiver.received.length === 2 ? true : undefined))
    await page.goto(`${clipia.url}/webhooks`)
    await page.getByRole('row').filter({ hasText: 'delivered' }).waitFor()
    await page.getByLabel('URL').fill(receiver.url)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText(/^Taken with status 200/).waitFor()
  })

  test('goes anywhere by the keyboard, never while one types, and not at all when single keys are off', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await page.getByRole('heading', { name: 'Requests' }).waitFor()
    await page.getByRole('row').filter({ hasText: 'completed' }).first().waitFor()
    await page.keyboard.press('j')
    assert.match((await page.locator(':focus').getAttribute('href')) ?? '', /^\/requests\//)
    await page.keyboard.press('/')
    await page.keyboard.type('gu')
    assert.equal(await page.getByRole('searchbox').inputValue(), 'gu')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Go anywhere' }).fill('tone')
    assert.deepEqual(await graveFaults(page), [])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Tone 1' }).waitFor()
    await page.getByRole('heading', { name: 'Tone 1' }).click()
    await page.keyboard.press('?')
    await page.getByLabel(/^Single keys/).uncheck()
    assert.deepEqual(await graveFaults(page), [])
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    assert.equal(await page.getByRole('dialog').count(), 0)
  })

  test('logged no error but those of what was refused on purpose', () => {
    assert.deepEqual(
      faults.filter((fault) => !/status of 422/.test(fault)),
      [],
    )
  })
})
