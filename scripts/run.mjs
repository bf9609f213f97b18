#!/usr/bin/env node
/** The one door for every command: `node scripts/run.mjs <command> [arguments]`. */
import { commands } from './commands.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { ensureRuntime } from './setup/runtime.mjs'
import { noSpace, Refusal, say } from './setup/say.mjs'

/** @param {string | undefined} name @param {string[]} args */
export async function run(name, args) {
  const command = name === undefined ? undefined : commands[name]
  if (!command) throw new Refusal(`Usage: node scripts/run.mjs <${Object.keys(commands).join('|')}>`, 2)
  const node = await ensureRuntime()
  await ensureInstalled(node)
  return command({ node, args })
}

try {
  const [name, ...args] = process.argv.slice(2)
  process.exitCode = await run(name, args)
} catch (error) {
  const refusal = error?.code === 'ENOSPC' ? new Refusal(`${noSpace}\n${error.message}`) : error
  if (!(refusal instanceof Refusal)) throw error
  say(refusal.message)
  process.exitCode = refusal.exitCode
}
