import { fileURLToPath } from 'node:url'
import type { Finished } from '../engines/engine.ts'

/** Folder of models whose engine tests script: `remote-1` and, with two routes, `routed-1`; 3 credits each. */
export const TEST_MODELS_FOLDER = fileURLToPath(new URL('./models/', import.meta.url))

/** Settings that add the test models. */
export const WITH_TEST_MODELS = { environment: { CLIPIA_MODELS_DIR: TEST_MODELS_FOLDER } } as const

/** A finished job whose picture cannot be fetched: for tests that end before media are collected. */
export const UNREACHABLE_PICTURE: Finished = {
  state: 'finished',
  media: [{ kind: 'url', url: 'http://127.0.0.1:9/picture.png' }],
}
