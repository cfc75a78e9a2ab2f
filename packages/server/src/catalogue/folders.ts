import { fileURLToPath } from 'node:url'

/** Folder of the models that come with the program. */
export const MODELS_FOLDER = fileURLToPath(new URL('../../../../models/', import.meta.url))
