import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Clipia } from './start-clipia.ts'
import { watchPage } from './watch-page.ts'

/** A page of a browser of its own, and what it may not do but did. */
export interface ConsolePage {
  context: BrowserContext
  page: Page
  faults: string[]
}

/** Opens a page of somebody who is not signed in, in English. */
export async function openPage(browser: Browser, clipia: Clipia): Promise<ConsolePage> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  return { context, page, faults: watchPage(page, clipia.url) }
}

/** Becomes who a one-time link is for; the email is asked for by the first owner's link only. */
export async function enter(page: Page, url: string, person: { name: string; email?: string }): Promise<void> {
  await page.goto(url)
  if (person.email !== undefined) await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Your name').fill(person.name)
  await page.getByLabel('Choose a password').fill('correct horse')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Playground' }).waitFor()
}

/** A link by which the first owner enters, at the address the server really has. */
export async function ownerLink(clipia: Clipia): Promise<string> {
  const { url } = await clipia.adminJson<{ url: string }>('sign-in-link')
  return `${clipia.url}/welcome${new URL(url).hash}`
}
