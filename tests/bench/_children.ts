/** What the benchmarks that drive a server share: processes of their own, asked over IPC; and the median. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

export interface Server {
  readonly child: ChildProcess
  readonly port: number
}

/** @param file beside this one */
export function start(file: string, ...args: string[]): ChildProcess {
  return fork(new URL(file, import.meta.url), args)
}

/** Starts a server that says its port first. */
export async function startServer(file: string, which: string): Promise<Server> {
  const child = start(file, which)
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, port }
}

export async function ask<T>(child: ChildProcess, message: object): Promise<T> {
  const answer = once(child, 'message')
  child.send(message)
  const [result] = await answer
  return result as T
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
