import { spawn } from 'node:child_process'
import os from 'node:os'
import { root } from './paths.mjs'
import { isAboutSpace, noSpace, Refusal } from './say.mjs'

/**
 * Runs a command in the foreground: its stdio is ours, signals reach it, its exit code is returned
 * (128 + the signal's number when a signal ended it, as a shell reports it).
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, { env = process.env, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' })
    // A terminal sends Ctrl-C to the whole process group, so the child has it already: passing it on would make two.
    const passOn = (signal) => {
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, passOn)
    const stopWatching = whenShellDies(() => child.kill('SIGTERM'))
    const done = () => {
      stopWatching()
      for (const signal of signals) process.off(signal, passOn)
    }
    child.once('error', (error) => {
      done()
      reject(new Refusal(`${command} could not be started: ${error.message}`))
    })
    child.once('close', (code, signal) => {
      done()
      resolve(signal ? 128 + (os.constants.signals[signal] ?? 0) : (code ?? 1))
    })
  })
}

/**
 * npm puts a shell between itself and a script and sends its signals to that shell, which dies of them without
 * passing them on; all that is seen here is another parent. `exec` would do away with the shell, but not on Windows.
 * @param {() => void} act
 * @returns {() => void} the undo
 */
export function whenShellDies(act) {
  if (process.env.npm_lifecycle_event === undefined) return () => {}
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    act()
  }, 100)
  return () => clearInterval(look)
}

/**
 * Runs a command whose output matters only when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, shell?: boolean }} [options]
 * @returns {Promise<string>} what it printed
 */
export function runQuietly(command, args, { env = process.env, cwd = root, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] })
    const stop = (signal) => child.kill(signal)
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-200_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const done = () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    }
    child.once('error', (error) => {
      done()
      reject(new Refusal(`${command} could not be started: ${error.message}`))
    })
    child.once('close', (code, signal) => {
      done()
      if (code === 0) return resolve(output)
      const told = `${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}:\n${output.trimEnd()}`
      // What it prints then is mostly the trace of something else that could not be written.
      reject(new Refusal(isAboutSpace(output) ? `${noSpace}\n${told}` : told))
    })
  })
}
