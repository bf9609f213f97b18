/**
 * The one place of the pages that asks the server over HTTP. What it throws is a `ProblemError`, or the signal's
 * reason when it was aborted.
 */
import * as z from 'zod/mini'
import { problem } from '#lib/api/problem.ts'
import { readJsonLines } from '#lib/protocol/ndjson.ts'
import { cutOff, ProblemError, refusedWith, unreachable, unreadable } from './problem.ts'

/** Resolves with any HTTP answer, for whoever judges the status; the others want {@link getJson}. */
export async function answerTo(path: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(path, { cache: 'no-store', ...init })
  } catch {
    init.signal?.throwIfAborted()
    throw new ProblemError(unreachable)
  }
}

export async function getJson<T extends z.ZodMiniType>(
  path: string,
  contract: T,
  signal?: AbortSignal,
): Promise<z.output<T>> {
  return read(await ask(path, { ...(signal && { signal }) }), contract, signal)
}

export async function postJson<T extends z.ZodMiniType>(
  path: string,
  order: unknown,
  contract: T,
  signal?: AbortSignal,
): Promise<z.output<T>> {
  return read(await ask(path, posted(order, signal)), contract, signal)
}

/** A body that is JSON already, as in a file that somebody brought. */
export async function postWritten<T extends z.ZodMiniType>(
  path: string,
  body: string,
  contract: T,
): Promise<z.output<T>> {
  return read(await ask(path, { method: 'POST', headers: json, body }), contract, undefined)
}

export async function deleteJson<T extends z.ZodMiniType>(path: string, contract: T): Promise<z.output<T>> {
  return read(await ask(path, { method: 'DELETE', headers: json }), contract, undefined)
}

/** A file, whole. */
export async function postForBytes(path: string, order: unknown): Promise<Blob> {
  const response = await ask(path, posted(order, undefined))
  return response.blob().catch(() => {
    throw new ProblemError(cutOff)
  })
}

/** The lines of an NDJSON answer, each as soon as it is whole. Whoever stops reading ends the request. */
export async function* postForLines<T extends z.ZodMiniType>(
  path: string,
  order: unknown,
  contract: T,
  signal?: AbortSignal,
): AsyncGenerator<z.output<T>> {
  const { body } = await ask(path, posted(order, signal))
  if (body === null) return
  try {
    for await (const value of readJsonLines(chunksOf(body))) yield parsed(value, contract)
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof ProblemError ? error : new ProblemError(cutOff)
  }
}

/** Asks for something to be ended, also while the page is being left. One that is gone already is no failure. */
export function deleteSoon(path: string): void {
  answerTo(path, { method: 'DELETE', headers: json, keepalive: true }).catch(() => {})
}

// Also without a body: what is not a read needs a content type that no form can send.
const json = { 'content-type': 'application/json' }

const posted = (order: unknown, signal: AbortSignal | undefined): RequestInit => ({
  method: 'POST',
  headers: json,
  body: JSON.stringify(order),
  ...(signal && { signal }),
})

async function ask(path: string, init: RequestInit): Promise<Response> {
  const response = await answerTo(path, init)
  if (response.ok) return response
  const told = z.safeParse(problem, await response.json().catch(() => undefined))
  throw new ProblemError(told.success ? told.data : refusedWith(response.status))
}

async function read<T extends z.ZodMiniType>(
  response: Response,
  contract: T,
  signal: AbortSignal | undefined,
): Promise<z.output<T>> {
  const value: unknown = await response.json().catch(() => signal?.throwIfAborted())
  return parsed(value, contract)
}

function parsed<T extends z.ZodMiniType>(value: unknown, contract: T): z.output<T> {
  const answer = z.safeParse(contract, value)
  if (!answer.success) throw new ProblemError(unreadable)
  return answer.data
}

/** Not every browser lets a stream be iterated. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}
