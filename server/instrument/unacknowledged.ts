/**
 * What the system of the peer never acknowledged, as Linux tells it of each TCP connection in `/proc/net/tcp` (proc(5)).
 * A program that does not read still has a system that acknowledges: only a peer that cannot be reached leaves bytes here.
 */
import { readFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import { endianness } from 'node:os'

export interface Unacknowledged {
  /** Written, and not acknowledged. */
  readonly bytes: number
  /** How often the system has sent the oldest of them again. */
  readonly retransmits: number
}

/** One end of a TCP connection and the other, as `net.Socket` names them. */
export interface Ends {
  readonly localAddress?: string | undefined
  readonly localPort?: number | undefined
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
}

interface Table {
  readonly text: string
  readonly freshUntil: number
  readonly restsUntil: number
}

/** A table is good for all connections that end in the same moment. */
const FRESH_MS = 250
/** The table has a line for each connection of the machine: reading it may take this share of the time, and no more. */
const MOST_SHARE = 0.01

const tables = new Map<string, Table>()

/** Undefined where the system does not tell, the connection is not in its table, or it was asked too often. */
export function unacknowledgedOf({
  localAddress = '',
  localPort = 0,
  remoteAddress = '',
  remotePort = 0,
}: Ends): Unacknowledged | undefined {
  if (process.platform !== 'linux') return undefined
  const table = tableOf(isIPv4(localAddress) ? '/proc/net/tcp' : '/proc/net/tcp6')
  if (table === undefined) return undefined
  return readTable(table, `${placeOf(localAddress, localPort)} ${placeOf(remoteAddress, remotePort)} `)
}

function tableOf(file: string): string | undefined {
  const known = tables.get(file)
  const startedAt = performance.now()
  if (known !== undefined && startedAt < known.freshUntil) return known.text
  if (known !== undefined && startedAt < known.restsUntil) return undefined
  try {
    const text = readFileSync(file, 'latin1')
    const at = performance.now()
    const restsUntil = at + (at - startedAt) / MOST_SHARE
    tables.set(file, { text, freshUntil: at + FRESH_MS, restsUntil })
    setTimeout(() => tables.set(file, { text: '', freshUntil: 0, restsUntil }), FRESH_MS).unref()
    return text
  } catch {
    return undefined
  }
}

/** The columns behind both ends: state, `tx_queue:rx_queue`, `timer:when`, retransmits; all but the state in hexadecimal. */
const RETRANSMISSION_TIMER = '01'

/** @param ends both, as the table has them */
export function readTable(table: string, ends: string): Unacknowledged | undefined {
  const from = table.indexOf(ends)
  if (from < 0) return undefined
  const [, queues = '', timer = '', retransmits = ''] = table
    .slice(from + ends.length, from + ends.length + 60)
    .split(' ')
  const bytes = Number.parseInt(queues.split(':')[0] ?? '', 16)
  const isSentAgain = timer.startsWith(`${RETRANSMISSION_TIMER}:`)
  return Number.isNaN(bytes)
    ? undefined
    : { bytes, retransmits: isSentAgain ? Number.parseInt(retransmits, 16) : 0 }
}

/** `0100007F:1F90` for 127.0.0.1:8080 on a little-endian machine: each 32 bits as the machine has them. */
export function placeOf(address: string, port: number): string {
  const hex = Buffer.from(bytesOf(address))
  if (endianness() === 'LE') hex.swap32()
  return `${hex.toString('hex').toUpperCase()}:${port.toString(16).toUpperCase().padStart(4, '0')}`
}

function bytesOf(address: string): number[] {
  if (isIPv4(address)) return address.split('.').map(Number)
  const [plain = ''] = address.split('%', 1)
  const [head = '', tail] = plain.split('::', 2)
  const before = groupsOf(head)
  const after = groupsOf(tail ?? '')
  const zeros = Array.from({ length: Math.max(0, 16 - before.length - after.length) }, () => 0)
  return [...before, ...zeros, ...after].slice(0, 16)
}

/** `ffff:10.0.0.1` too, which ends in four bytes. */
const groupsOf = (text: string): number[] =>
  text === ''
    ? []
    : text.split(':').flatMap((group) => {
        if (group.includes('.')) return group.split('.').map(Number)
        const value = Number.parseInt(group, 16)
        return [value >> 8, value & 255]
      })
