/** The models section, in English. */
export const MODELS_EN = {
  'models.lead': 'What renders here. Keys of providers are set in the environment of the server.',
  'models.active': 'active',
  'models.inactive': 'no credential',
  'models.load': '{waiting} waiting, {running} running.',
  'models.capacity': 'At most {capacity} at once.',
} as const
