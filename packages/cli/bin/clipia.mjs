#!/usr/bin/env node
// Plain JavaScript, so that an old Node can read it and say what is missing.
import { keepCompiledCode } from './compile-cache.mjs'

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `clipia: needs Node 24, this is ${process.versions.node}. The pinned Node was not installed: run npm ci without --ignore-scripts.\n`,
  )
  process.exit(1)
}
keepCompiledCode()
const { runServerCli } = await import('../src/cli.ts')
await runServerCli(process.argv)
