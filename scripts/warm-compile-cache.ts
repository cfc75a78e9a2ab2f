/** Compiles the server once after an installation, so that its first start is as quick and small as every later one. */
import { flushCompileCache } from 'node:module'

const { keepCompiledCode } = (await import(new URL('../packages/cli/bin/compile-cache.mjs', import.meta.url).href)) as {
  keepCompiledCode: () => void
}
keepCompiledCode()
await import(new URL('../packages/cli/src/cli.ts', import.meta.url).href)
await import(new URL('../packages/server/src/serve.ts', import.meta.url).href)
flushCompileCache()
