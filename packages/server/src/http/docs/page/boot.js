// Everything that would contact another host is off.
globalThis.Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  // Try-it calls the origin the page came from (localhost or 127.0.0.1): no other is allowed to it.
  servers: [{ url: globalThis.location.origin }],
  theme: 'default',
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  hideClientButton: true,
  // Every operation has samples of our own clients; generated ones would only be beside them.
  hiddenClients: true,
  // Its list of schemas is headed "Models", which here are something else.
  hideModels: true,
  showDeveloperTools: 'never',
  metaData: { title: 'Clipia API reference' },
})
