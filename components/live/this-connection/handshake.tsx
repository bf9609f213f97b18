'use client'
import { formatMs } from '#components/ui/format.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import type { ConnectionState, Opened } from '#lib/store/connection/connection-state.ts'
import { visible } from '#lib/text/foreign.ts'
import { Fact, Part } from './fact.tsx'
import { triedWords } from './tried-words.ts'

/** The handshake, as far as who opened it can tell. */
export function Handshake({ connection }: { connection: Connection }) {
  const { target, state, relayed, tried } = connection
  const opened = openedOf(state)
  const seen = relayed?.handshake ?? null
  return (
    <Part title="Handshake">
      <Fact label="URL">{visible(target.url)}</Fact>
      {tried !== null && (
        <Fact label="Tried" tone={opened === null ? 'dead' : 'waiting'}>
          {triedWords(tried.refused, opened !== null, tried.isElsewhere)}
        </Fact>
      )}
      {seen !== null && <Fact label="Address">{seen.address}</Fact>}
      <Fact label="Status" {...(opened === null && isFailed(state) && { tone: 'dead' as const })}>
        {statusWords(state, opened, seen?.status)}
      </Fact>
      {opened !== null && (
        <>
          <Fact label="Opened in">{formatMs(opened.timeToOpenMs)}</Fact>
          <Fact label="Subprotocol">{subprotocolWords(opened.subprotocol, target.subprotocols)}</Fact>
          <Fact label="Extensions">{opened.extensions === '' ? 'none' : visible(opened.extensions)}</Fact>
        </>
      )}
      {seen?.tls !== undefined && (
        <Fact label="TLS" {...(seen.unverified !== undefined && { tone: 'waiting' as const })}>
          {seen.tls}
          {seen.unverified !== undefined && `, not trusted: ${visible(seen.unverified)}`}
        </Fact>
      )}
      {seen !== null && seen.headers.length > 0 && (
        <details className="pt-1">
          <summary className="w-fit cursor-pointer text-code text-soft hover:text-text">
            {seen.headers.length} response headers
          </summary>
          <pre className="figures pt-1 text-code whitespace-pre-wrap wrap-anywhere">
            {seen.headers.map(([name, value]) => `${visible(name)}: ${visible(value)}`).join('\n')}
          </pre>
        </details>
      )}
    </Part>
  )
}

function openedOf(state: ConnectionState): Opened | null {
  if (state.phase === 'open' || state.phase === 'suspect') return state
  return 'opened' in state ? state.opened : null
}

const isFailed = ({ phase }: ConnectionState): boolean =>
  phase === 'never-opened' || phase === 'refused' || phase === 'blocked'

function statusWords(state: ConnectionState, opened: Opened | null, status = 101): string {
  if (opened !== null) return `${status} Switching Protocols`
  if (state.phase === 'connecting') return 'waiting for the answer'
  if (state.phase === 'never-opened') {
    return state.says === undefined ? 'no 101; the browser hides what came instead' : visible(state.says)
  }
  return 'nothing was sent'
}

function subprotocolWords(picked: string, asked: readonly string[]): string {
  if (picked !== '')
    return asked.length > 1 ? `${visible(picked)}, of ${asked.length} offered` : visible(picked)
  return asked.length === 0 ? 'none' : 'none picked'
}
