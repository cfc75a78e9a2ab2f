const PASSED_ON = ['PATH', 'TMPDIR', 'HOME', 'TZ'] as const

/**
 * The whole environment of a task process: enough to find programs, temporary files and the time zone, and nothing
 * secret, because a task process may decode files made by strangers. System fonts stay off so that every machine
 * draws the same pixels.
 */
export function childEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { DISABLE_SYSTEM_FONTS_LOAD: '1' }
  for (const name of PASSED_ON) {
    const value = parent[name]
    if (value !== undefined) environment[name] = value
  }
  return environment
}
