/**
 * One fault on a port of its own, for a client that is not a page of ours: whatever path it asks for, it gets the
 * fault, with a small real server behind it.
 */
import { createServer, type IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { FaultCall } from '#lib/lab/address.ts'
import { ownEndpoints } from '#lib/protocol/own-endpoint.ts'
import { createApp } from '#server/app.ts'
import type { Config } from '#server/config/config.ts'
import type { InstrumentEvent } from '#server/instrument/event.ts'
import { instrument } from '#server/instrument/instrument.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { requestHeadOf, withHeader } from '#server/lab/head.ts'
import { commonParameters } from '#server/sockets/parameters.ts'
import { endSocket, sendAnswer } from '#server/wire/answer.ts'
import { answerClientErrors, httpLimits } from '#server/wire/limits.ts'
import { listen } from '#server/wire/listen.ts'
import { settleTarget } from '#server/wire/request-head.ts'

/** What may answer behind the fault. */
export const endpointsBehindFault: readonly string[] = ownEndpoints

export interface ReproductionOptions {
  readonly call: FaultCall
  /** Settings of the server behind the fault; its port is chosen by the system. */
  readonly config: Config
  /** 0 asks the system for a free one. */
  readonly port: number
  /** Answers clients that ask for a path of their own. */
  readonly endpoint: string
  /** What happens at the port: the path that the client asked for, and how the fault ended it. */
  readonly tell: (event: InstrumentEvent) => void
}

export interface Reproduction {
  readonly port: number
  close(): Promise<void>
}

/** Rejects with a `ListenError` when the port cannot be had. */
export async function startReproduction(options: ReproductionOptions): Promise<Reproduction> {
  const { call, config, endpoint, tell } = options
  const front = createServer(httpLimits())
  answerClientErrors(front)
  // The front port first: when it is taken, nothing else has been started.
  const { port, stop } = await listen(front, 'localhost', options.port)
  // The events of the server behind the fault are of another path, and of the fault's own hand: nobody reads them.
  const journal = createMemoryJournal({ capacity: 1, instance: 'reproduce' })
  const app = await createApp({
    config: { ...config, host: '127.0.0.1', port: 0 },
    journal,
    version: 'reproduce',
  })

  // By itself it writes to stdout, and sends to where the environment says.
  instrument(front, { log: false, url: '', openTelemetry: false, onEvent: tell })
  front.on('request', (_request, response) =>
    sendAnswer(response, {
      status: 426,
      headers: { Upgrade: 'websocket' },
      body: { error: 'upgrade_required', message: `This port does one thing: ${call.fault}, to WebSockets` },
    }),
  )
  front.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (!(socket instanceof Socket)) return socket.destroy()
    const problem = settleTarget(request)
    if (problem !== undefined) {
      return endSocket(socket, { status: 400, body: { error: 'bad_request', message: problem } })
    }
    const { method, target, version, headers } = requestHeadOf(request, targetOf(request, endpoint))
    // The client's page may come from anywhere: to the server behind it is one of its own.
    const judged =
      request.headers.origin === undefined ? headers : withHeader(headers, 'Origin', app.site.publicBaseUrl)
    if (app.lab.relay(call, { method, target, version, headers: judged }, socket, head)) return
    endSocket(socket, {
      status: 503,
      headers: { 'Retry-After': '5' },
      body: { error: 'too_many_relays', message: `${app.lab.limit} connections at once are the limit` },
    })
  })

  return {
    port,
    close: async () => {
      stop()
      await app.close(0)
      await journal.close()
      front.closeAllConnections()
    },
  }
}

/** Ours where the client asks for it; its own path and parameters mean nothing to the server behind. */
function targetOf({ url = '/' }: IncomingMessage, fallback: string): string {
  const [path = '/', search = ''] = url.split('?', 2)
  const ours = [...new URLSearchParams(search)].filter(([name]) =>
    commonParameters.some((known) => known === name),
  )
  const query = new URLSearchParams(ours).toString()
  return `${endpointsBehindFault.includes(path) ? path : fallback}${query && `?${query}`}`
}
