/** Starts backends in processes of their own, a few at a time, each for one connection. */
import { type ChildProcess, fork } from 'node:child_process'
import type { Config } from '#server/config/config.ts'
import type { EventDraft, Journal } from '#server/journal/journal.ts'
import type { OwnProcess } from '#server/lab/behaviour.ts'

export interface OwnProcesses {
  /** Rejects when there are too many, or when it does not start in time. */
  start(): Promise<OwnProcess>
  close(): void
}

/** Each takes some 60 MB. */
const mostProcesses = 8
const startTimeoutMs = 15_000
const endTimeoutMs = 1000

/** What the lab and a child say to each other over the channel between them. */
export type ToChild =
  | { readonly type: 'start'; readonly config: Config }
  | { readonly type: 'stall'; readonly ms: number }
  | { readonly type: 'end' }

export type FromChild =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'stalling' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'events'; readonly drafts: readonly EventDraft[] }

/** @param program the child's entry, a path */
export function createOwnProcesses(program: string, config: Config, journal: Journal): OwnProcesses {
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
