import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

/** How the console is built; Vite reads a default export. */
export default defineConfig({
  plugins: [tailwindcss()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      // Libraries mark what is for browsers only; here everything is.
      onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
    },
  },
  // While developing, the API comes from a server beside it.
  server: { proxy: { '/console/v1': 'http://127.0.0.1:3000', '/media': 'http://127.0.0.1:3000' } },
})
