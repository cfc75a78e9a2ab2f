import { fileURLToPath } from 'node:url'

/** Folder of the models that come with the program. */
export const MODELS_FOLDER = fileURLToPath(new URL('../../../../models/', import.meta.url))

/** Where models are read from: the shipped ones, and the operator's own folder where there is one. */
export function modelFolders(modelsDir: string | null): readonly string[] {
  return [MODELS_FOLDER, ...(modelsDir === null ? [] : [modelsDir])]
}
