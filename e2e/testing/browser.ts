import { type Browser, chromium } from 'playwright-core'
import { scratchFolder } from './scratch-folder.ts'

/** Flags of the package that would hide what a user's browser refuses, or end the browser with its first page. */
const UNWANTED = ['--single-process', '--disable-web-security', '--allow-running-insecure-content']

/** Starts the Chromium that npm installed, unpacked into a folder of this run's own. */
export async function openBrowser(): Promise<Browser> {
  const { default: packaged } = await import('@sparticuz/chromium')
  // The package reuses whatever lies in the temporary folder, so it gets one of its own.
  const folder = scratchFolder('chromium')
  // biome-ignore lint/style/noProcessEnv: the package reads its folder from here
  const environment = process.env
  const before = environment.TMPDIR
  environment.TMPDIR = folder
  try {
    const args = packaged.args.filter((arg) => !UNWANTED.includes(arg))
    return await chromium.launch({ executablePath: await packaged.executablePath(), args, headless: true })
  } finally {
    if (before === undefined) delete environment.TMPDIR
    else environment.TMPDIR = before
  }
}
