/** The child module that the tests of the pool run: small tasks that answer, wait, throw, crash and hang. */
import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { serveTasks } from './serve-tasks.ts'

/** What the sample process can be told to do. */
export type SampleTask =
  | { do: 'add'; a: number; b: number }
  | { do: 'tell-process' }
  | { do: 'report'; percents: number[] }
  | { do: 'meet'; mine: string; others: string[] }
  | { do: 'throw'; message: string; code?: string }
  | { do: 'exit'; code: number }
  | { do: 'hang' }
  | { do: 'spin' }
  | { do: 'mark-end'; path: string }

serveTasks<SampleTask, unknown>(async (task, { progress }) => {
  switch (task.do) {
    case 'add':
      return task.a + task.b
    case 'tell-process':
      // biome-ignore lint/style/noProcessEnv: the test is about what a task process can see
      return { pid: process.pid, environment: Object.keys(process.env).sort() }
    case 'report':
      task.percents.forEach(progress)
      return 'reported'
    case 'meet':
      writeFileSync(task.mine, '')
      while (!task.others.every((other) => existsSync(other))) await sleep(5)
      return 'met'
    case 'throw':
      throw Object.assign(new RangeError(task.message), task.code === undefined ? {} : { code: task.code })
    case 'exit':
      return process.exit(task.code)
    case 'hang':
      progress(1)
      return sleep(600_000)
    case 'mark-end':
      return void process.on('exit', () => writeFileSync(task.path, ''))
    case 'spin':
      progress(1)
      for (;;) Math.random()
  }
})
