/** The models section, in English. */
export const MODELS_EN = {
  'models.lead': 'What renders here. Keys of providers are set in the environment of the server.',
  'models.active': 'active',
  'models.inactive': 'no credential',
  'models.waiting': 'waiting',
  'models.running': 'running',
} as const
