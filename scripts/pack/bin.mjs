#!/usr/bin/env node
/** The published command: says which Node it takes, and serves the dashboard where no command is given. */
import module from 'node:module'

/** The oldest that has what is imported by name: `styleText`, `parseEnv`. */
const oldest = [20, 12]

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  process.stderr.write(
    `Why1006 needs Node ${oldest.join('.')} or newer. This is Node ${process.versions.node}.\n`,
  )
  process.exit(1)
}
module.enableCompileCache?.()
if (process.argv.length === 2) process.argv.push('serve')
await import('../../server/cli/main.ts')
