/** One WebSocket connection as all log lines about it tell it. */
import type { AccessRecord, LineFormat, NoticeRecord } from '#lib/logs/record.ts'

/** What is kept of a record until the log is judged. */
export type KeptAccess = Omit<AccessRecord, 'userAgent' | 'method' | 'backend' | 'error'>
export type KeptNotice = Omit<NoticeRecord, 'text' | 'level' | 'upstream' | 'pid'>

/** Where a line stands. Lines count from 1. */
export type Place = { file: string; number: number }

/** A record with the line it was read from, for quoting; a long line has a `…` for its middle. */
export type Quoted<T extends KeptAccess | KeptNotice> = { record: T; line: string; place?: Place }

export type LoggedConnection = {
  /** `open`: no line says that it ended. */
  outcome: 'ended' | 'refused' | 'open'
  formats: LineFormat[]
  clientId?: string
  client?: string
  path?: string
  origin?: string
  openedMs?: number
  closedMs?: number
  /** As a line states it, or from the two ends. */
  ageMs?: number
  /** Last byte in either direction, where something recorded it. */
  lastByteMs?: number
  /** The end's own line says it. */
  isSilenceTold?: true
  /** What the ends are exact to. */
  resolutionMs: number
  /** HTTP status of the handshake. */
  status?: number
  /** Close code, where a line states one. */
  code?: number
  reason?: string
  initiator?: 'client' | 'server' | 'network'
  /** The server’s process did not tell the end itself. */
  process?: 'ended' | 'silent'
  pongTimeout?: boolean
  pings?: number
  pongs?: number
  /** The server's own lines tell of it. */
  isTold?: true
  /** The server's line that says how it ended, where it was read from a file. */
  told?: { line: string; place: Place }
  access?: Quoted<KeptAccess>
  notices?: Quoted<KeptNotice>[]
}

/** By names of their own: Jupyter, Streamlit, Blazor, noVNC, SockJS, SignalR. */
const SOCKET_PATH =
  /^\/(?:[\w-]+\/)*(?:ws|wss|websocket|websockets|socket|sockets|socket\.io|cable|hubs?|live|mqtt|stomp|signalr|_blazor|websockify|sockjs(?:-node)?|kernels\/[\w-]+\/channels|_stcore\/stream)(?:[/?]|$)/i

/** Whether a path is one that people give to WebSocket endpoints: for lines that do not say what was asked for. */
export function looksLikeSocketPath(path: string): boolean {
  return SOCKET_PATH.test(path)
}

/** The path without its query. */
export function pathname(path: string): string {
  const at = path.indexOf('?')
  return at === -1 ? path : path.slice(0, at)
}

/** Long polling of Socket.IO in a session that began before: what refuses it refuses the WebSocket of the session as well. */
export const isPollOfSession = (path: string): boolean =>
  /[?&]transport=polling\b/.test(path) && /[?&]sid=/.test(path)
