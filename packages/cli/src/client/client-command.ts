import type { Command } from 'commander'
import type { Streams } from '../terminal/terminal.ts'
import type { ClientContext, ClientFlags } from './context.ts'

/** The process as the commands see it: the one place of the client commands that reads the environment. */
export function processStreams(): Streams {
  const { stdin, stdout, stderr } = process
  // biome-ignore lint/style/noProcessEnv: the one place where the environment enters the client commands
  return { stdin, stdout, stderr, environment: process.env }
}

/** Does a command's work. Arguments in the order of its usage, undefined where an optional one is missing. */
export type Work<Flags> = (context: ClientContext, flags: Flags, ...args: string[]) => Promise<void>

/** How a command is told to people. */
export interface CommandTexts {
  /** Name and arguments, such as `status <request_id>`. */
  usage: string
  description: string
  /** Heading of the help under which it stands. */
  group: string
  /** Command lines that work, each with what it does. */
  examples: readonly (readonly [line: string, meaning: string])[]
}

/** Adds a command without work: its name, its help with examples. */
export function describeCommand(cli: Command, { usage, description, group, examples }: CommandTexts): Command {
  const width = Math.max(...examples.map(([line]) => line.length))
  const lines = examples.map(([line, meaning]) => `  ${line.padEnd(width)}  # ${meaning}`)
  const text = `\nExamples:\n${lines.join('\n')}`
  return cli.command(usage).description(description).helpGroup(group).addHelpText('after', text)
}

/** Adds a command of the API with the flags all of them have. What it needs is loaded when it runs. */
export function clientCommand<Flags>(
  cli: Command,
  texts: CommandTexts,
  load: () => Promise<Work<Flags & ClientFlags>>,
): Command {
  return addClientFlags(describeCommand(cli, texts)).action(async (...args: unknown[]) => {
    const command = args.at(-1) as Command
    const flags = { ...cli.opts<ClientFlags>(), ...command.opts<Flags & ClientFlags>() }
    endWithReader(process.stdout)
    try {
      const [{ createContext }, work] = await Promise.all([import('./context.ts'), load()])
      await work(createContext(flags, processStreams()), flags, ...(args.slice(0, -2) as string[]))
    } catch (error) {
      const { reportClientError } = await import('./report-client-error.ts')
      reportClientError(error, processStreams().stderr)
    }
  })
}

/** The flags published clients have before and after a command. */
export function addClientFlags(command: Command): Command {
  return command
    .option('--key <key>', 'API key; visible to others in the list of processes: prefer CLIPIA_KEY or clipia login')
    .option('--base-url <url>', 'address of the server (CLIPIA_BASE_URL)')
    .option('--json', 'print JSON, on a terminal too')
}

/** A reader that has enough, `head` say, is no failure: there is nobody left to tell anything. */
function endWithReader(stdout: NodeJS.WriteStream): void {
  stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
}
