/** Starts backends in processes of their own, a few at a time, each for one connection. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Config } from '#server/config/config.ts'
import type { Journal } from '#server/journal/journal.ts'
import type { OwnProcess } from '#server/lab/behaviour.ts'
import type { FromChild, ToChild } from '#server/lab/own-process/messages.ts'

export interface OwnProcesses {
  /** Rejects when there are too many, or when it does not start in time. */
  start(): Promise<OwnProcess>
  close(): void
}

/** Each takes some 60 MB. */
const mostProcesses = 8
const startTimeoutMs = 15_000
const endTimeoutMs = 1000

const program = fileURLToPath(new URL('../../own-process.ts', import.meta.url))

export function createOwnProcesses(config: Config, journal: Journal): OwnProcesses {
  const running = new Set<ChildProcess>()
  return {
    start: async () => {
      if (running.size >= mostProcesses) throw new Error(`${mostProcesses} processes run already`)
      const child = fork(program, [], { stdio: 'ignore', execArgv: [] })
      running.add(child)
      child.once('exit', () => running.delete(child))
      try {
        return await untilListening(child, config, journal)
      } catch (error) {
        child.kill('SIGKILL')
        throw error
      }
    },
    close: () => {
      for (const child of running) child.kill('SIGKILL')
    },
  }
}

function untilListening(child: ChildProcess, config: Config, journal: Journal): Promise<OwnProcess> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it did not start in time')), startTimeoutMs)
    let stalling = () => {}
    const tell = (message: ToChild) => {
      if (child.connected) child.send(message, () => {})
    }
    child.on('message', (message: FromChild) => {
      if (message.type === 'events') for (const draft of message.drafts) journal.append(draft)
      if (message.type === 'stalling') stalling()
      if (message.type === 'failed') reject(new Error(message.message))
      if (message.type !== 'listening') return
      clearTimeout(timer)
      resolve({
        host: '127.0.0.1',
        port: message.port,
        stall: (ms) =>
          new Promise((stalled) => {
            stalling = stalled
            tell({ type: 'stall', ms })
          }),
        kill: () => child.kill('SIGKILL'),
        end: () => {
          tell({ type: 'end' })
          const timer = setTimeout(() => child.kill('SIGKILL'), endTimeoutMs)
          child.once('exit', () => clearTimeout(timer))
        },
      })
    })
    child.once('error', reject)
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new Error('it ended before it listened'))
    })
    tell({ type: 'start', config })
  })
}
