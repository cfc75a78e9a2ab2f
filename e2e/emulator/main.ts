import { checkOptions } from './check-control.ts'
import { type Emulator, startEmulator } from './emulator.ts'

// node e2e/emulator/main.ts '{"clock": "virtual"}': says {"url": ...} in one line once it listens, and lives until its
// standard input ends, so that it never outlives the process that started it with a pipe.

async function start(): Promise<Emulator | null> {
  try {
    return await startEmulator(checkOptions(JSON.parse(process.argv[2] ?? '{}')))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
    return null
  }
}

const emulator = await start()
if (emulator !== null) {
  // Of these a pipe, a terminal and a file say different ones.
  for (const event of ['end', 'close', 'error']) process.stdin.once(event, emulator.close)
  process.stdin.resume()
  // The parent may close its end of our output; that is no reason to end.
  process.stdout.on('error', () => {})
  process.stdout.write(`${JSON.stringify({ url: emulator.url })}\n`)
}
