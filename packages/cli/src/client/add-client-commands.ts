import type { Command } from 'commander'
import type { InputFlags } from './build-input.ts'
import { addClientFlags, clientCommand, describeCommand, processStreams } from './client-command.ts'
import type { ClientFlags } from './context.ts'
import type { GenerateFlags } from './generate.ts'
import type { HistoryFlags } from './history.ts'
import type { ListenFlags } from './listen.ts'
import type { ModelsFlags } from './models.ts'

const MAKE = 'Make:'
const LOOK = 'Look:'
const SET_UP = 'Set up:'

/** Adds the commands that talk to a server's API. */
export function addClientCommands(cli: Command): void {
  addClientFlags(cli)
  addMakingCommands(cli)
  addLookingCommands(cli)
  addSettingUpCommands(cli)
}

function addMakingCommands(cli: Command): void {
  addInputFlags(
    clientCommand<GenerateFlags>(
      cli,
      {
        usage: 'generate <model>',
        description: 'make something: shows the price, queues it and, with --wait, saves the files',
        group: MAKE,
        examples: [
          ['clipia generate canvas-1 --prompt "A lighthouse" --wait', 'save it here'],
          ['clipia generate motion-1 --image ./photo.jpg --param duration=4 --wait --out clips', 'a video of a photo'],
          ['clipia generate canvas-1 --input @input.json', 'queue it and go on'],
        ],
      },
      async () => (await import('./generate.ts')).generate,
    ),
  )
    .option('--webhook <url>', 'URL that is told when it is over')
    .option('--wait', 'wait for the result')
    .option('--out <folder>', 'wait, and save the files there (on a terminal, --wait saves them here)')
    .option('--max-cost <credits>', 'refuse a price above it')
    .option('--idempotency-key <key>', 'the same key and input never run twice (24 hours)')
    .option('--scenario <name>', 'sandbox keys: play slow, fail, reject, timeout or cancel')
  addInputFlags(
    clientCommand<InputFlags>(
      cli,
      {
        usage: 'estimate <model>',
        description: 'the exact price of an input; charges nothing',
        group: MAKE,
        examples: [['clipia estimate canvas-1 --prompt "Four seasons" --param num_images=4', 'what four would cost']],
      },
      async () => (await import('./estimate.ts')).estimate,
    ),
  )
  clientCommand<{ out?: string }>(
    cli,
    {
      usage: 'watch <request_id>',
      description: 'wait for a request and save its files',
      group: MAKE,
      examples: [['clipia watch 0193f3a1-7c00-7000-8000-0000000000aa --out pictures', 'resume after Ctrl-C']],
    },
    async () => (await import('./watch.ts')).watch,
  ).option('--out <folder>', 'save the files there (on a terminal, default here)')
  clientCommand(
    cli,
    {
      usage: 'cancel <request_id>',
      description: 'cancel a request; what has not run is refunded',
      group: MAKE,
      examples: [['clipia cancel 0193f3a1-7c00-7000-8000-0000000000aa', 'stop it']],
    },
    async () => (await import('./cancel.ts')).cancel,
  )
}

function addInputFlags(command: Command): Command {
  const collect = (value: string, values: string[] = []) => [...values, value]
  return command
    .option('--input <json>', 'the input as JSON, @file.json, or - for stdin')
    .option('--prompt <text>', 'what to make, in words')
    .option('--param <key=value>', 'a parameter of the model (repeatable)', collect)
    .option('--image <path>', 'a picture, a path (uploaded) or a URL (repeatable)', collect)
}

function addLookingCommands(cli: Command): void {
  clientCommand(
    cli,
    {
      usage: 'status <request_id>',
      description: 'where a request stands',
      group: LOOK,
      examples: [['clipia status 0193f3a1-7c00-7000-8000-0000000000aa', 'its place in the queue, or its progress']],
    },
    async () => (await import('./status.ts')).status,
  )
  clientCommand<{ out?: string }>(
    cli,
    {
      usage: 'result <request_id>',
      description: 'the result of a request',
      group: LOOK,
      examples: [['clipia result 0193f3a1-7c00-7000-8000-0000000000aa --out pictures', 'and save its files']],
    },
    async () => (await import('./result.ts')).result,
  ).option('--out <folder>', 'save the files there (on a terminal, default here)')
  clientCommand<HistoryFlags>(
    cli,
    {
      usage: 'history',
      description: 'requests, newest first',
      group: LOOK,
      examples: [
        ['clipia history --status failed', 'what failed'],
        ['clipia history --model canvas-1 --from 2026-01-01 --limit 100 --json', 'for programs'],
      ],
    },
    async () => (await import('./history.ts')).history,
  )
    .option('--status <status>', 'only in_queue, in_progress, completed, failed or canceled')
    .option('--model <slug>', 'only of this model')
    .option('--from <time>', 'submitted then or later, a day or an ISO 8601 time')
    .option('--until <time>', 'submitted before then')
    .option('--limit <number>', 'most requests to list (default 20)')
  clientCommand<ModelsFlags>(
    cli,
    {
      usage: 'models [slug]',
      description: 'the models, or one with its parameters',
      group: LOOK,
      examples: [
        ['clipia models --type video', 'what makes videos'],
        ['clipia models canvas-1', 'its parameters'],
      ],
    },
    async () => (await import('./models.ts')).models,
  )
    .option('--type <type>', 'only image, video or audio')
    .option('--capability <name>', 'only models that can do this, such as text-to-video')
  clientCommand(
    cli,
    {
      usage: 'account',
      description: 'balance and usage of 30 days',
      group: LOOK,
      examples: [['clipia account --json', 'for programs']],
    },
    async () => (await import('./account.ts')).account,
  )
}

function addSettingUpCommands(cli: Command): void {
  const own = async (work: 'login' | 'logout', command: Command) => {
    const flags = { ...cli.opts<ClientFlags>(), ...command.opts<ClientFlags>() }
    const streams = processStreams()
    try {
      await (await import('./login.ts'))[work](flags, streams)
    } catch (error) {
      const { reportClientError } = await import('./report-client-error.ts')
      reportClientError(error, streams.stderr)
    }
  }
  addClientFlags(
    describeCommand(cli, {
      usage: 'login',
      description: 'keep a key for this user',
      group: SET_UP,
      examples: [['clipia login --base-url https://clipia.example.com', 'asks for the key']],
    }),
  ).action((_flags, command: Command) => own('login', command))
  describeCommand(cli, {
    usage: 'logout',
    description: 'forget the key',
    group: SET_UP,
    examples: [['clipia logout', 'the key itself still works']],
  })
    .option('--json', 'print JSON, on a terminal too')
    .action((_flags, command: Command) => own('logout', command))
  clientCommand<ListenFlags>(
    cli,
    {
      usage: 'listen',
      description: 'pass webhooks on to this machine as they come',
      group: SET_UP,
      examples: [['clipia listen --forward http://localhost:8080/hook', 'no tunnel needed']],
    },
    async () => (await import('./listen.ts')).listen,
  )
    .option('--forward <url>', 'receiver that gets each webhook, unaltered and signed')
    .option('--last-event-id <id>', 'begin with what came after it')
  clientCommand(
    cli,
    {
      usage: 'mcp',
      description: 'give the server to an agent as tools, over stdin and stdout',
      group: SET_UP,
      examples: [['claude mcp add clipia -- clipia mcp', 'for Claude Code; CLIPIA_KEY and CLIPIA_BASE_URL count']],
    },
    async () => (await import('./mcp.ts')).serveMcp,
  )
  clientCommand<{ out?: string }>(
    cli,
    {
      usage: 'types',
      description: 'TypeScript of the inputs of every model, for @clipia/client',
      group: SET_UP,
      examples: [['clipia types --out clipia.d.ts', 'inputs that do not fit stop compiling']],
    },
    async () => (await import('./types.ts')).types,
  ).option('--out <file>', 'write it there instead of stdout')
}
