#!/usr/bin/env node
/** The command line, callable from any directory. */
process.argv.splice(2, 0, 'why1006')
await import('./run.mjs')
