import type { Command } from 'commander'
import { addInstallationFlags } from '../settings.ts'

/** Flags as commander hands them over. */
export type Flags = Record<string, string | boolean | undefined>

/** Starts an administrative command: the flags of every one of them are added here. */
export function adminCommand(parent: Command, usage: string, description: string): Command {
  return addInstallationFlags(parent.command(usage).description(description)).option(
    '--json',
    'print exactly one JSON value',
  )
}

/** A flag's text by its name as typed; commander has already refused a missing required one. */
export function textOf(flags: Flags, name: string): string | undefined {
  // Commander keeps --quote-above as quoteAbove.
  const value = flags[name.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase())]
  return typeof value === 'string' ? value : undefined
}

/** A whole number given as a flag. Throws a message that names the flag. */
export function integerOf(flags: Flags, name: string): number | undefined {
  const text = textOf(flags, name)
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new Error(`--${name} must be a whole number, got "${text.slice(0, 32)}"`)
  return Number(text)
}
