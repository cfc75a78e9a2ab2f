// Everything that would contact another host is off.
globalThis.Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  theme: 'default',
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  hideClientButton: true,
  // Its list of schemas is headed "Models", which here are something else.
  hideModels: true,
  showDeveloperTools: 'never',
  metaData: { title: 'Clipia API reference' },
})
