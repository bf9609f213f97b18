/**
 * The environment, read once and judged whole: every problem is named, not only the first. Nothing else in
 * the server looks at `process.env`.
 */
import { join } from 'node:path'
import * as z from 'zod/mini'
import { defaultHeartbeat, impliedTimeoutSeconds } from '#lib/protocol/heartbeat.ts'
import type { SocketLimits } from '#server/access/guard.ts'
import {
  absoluteUrl,
  accessToken,
  allowList,
  choice,
  hostName,
  integer,
  itemsOf,
  journalPlace,
  keep,
  listeningHost,
  listOf,
  networks,
  numberAbove,
  origin,
  redisPlaceOf,
} from '#server/config/values.ts'
import type { Keep } from '#server/journal/prune.ts'
import { type AllowList, NOTHING_ALLOWED } from '#server/probe/transport/address-guard.ts'
import type { RedisPlace } from '#server/redis/redis.ts'

export interface Config {
  /** `localhost` stands for 127.0.0.1 and, where the machine has it, ::1. */
  readonly host: string
  /** 0 asks the system for a free port. */
  readonly port: number
  readonly pingIntervalSeconds: number
  readonly pingTimeoutSeconds: number
  readonly allowedOrigins: readonly string[]
  /** Undefined where not given: then it follows the port that was bound. */
  readonly publicBaseUrl: string | undefined
  readonly wsPublicUrl: string | undefined
  /** How a foreign origin is turned away: HTTP 403, or accepted and closed with 1008. */
  readonly originRejection: 403 | 1008
  readonly maxPayloadBytes: number
  readonly maxConnections: number
  /** Of strangers, whoever is not at this machine. */
  readonly socketLimits: SocketLimits
  readonly allowedHosts: readonly string[]
  /** What whoever is not at this machine shows; undefined: one is made up at each start. */
  readonly accessToken: string | undefined
  /** Proxies whose `X-Forwarded-For` counts. */
  readonly trustedProxies: AllowList['networks']
  /** Private addresses, networks and names that the probe may touch for callers who are not plainly local. */
  readonly probeAllow: AllowList
  /** Where events and reports are kept: with the process, in a file of SQLite, or in a Redis that instances share. */
  readonly journal: 'memory' | { readonly file: string } | { readonly redis: RedisPlace }
  /** How long and how much of the events, in a file. */
  readonly journalKeep: Keep
  /** Events kept in memory: all of them, those of Redis, or those that wait for the file. */
  readonly journalSize: number
  /** Signs the notifications of watches; undefined: they are not signed. */
  readonly notifySecret: string | undefined
  readonly logFormat: 'text' | 'json'
  readonly logLevel: LogLevel
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  /** One line each: the variable, its value, what is allowed. */
  | { readonly ok: false; readonly problems: readonly string[] }

const defaultOrigins = [
  'http://localhost:3000',
  'http://127.0.0.1:3000',
  'http://localhost:8080',
  'http://127.0.0.1:8080',
]

/** V8 holds no longer string than 512 MiB, and `ws` counts in 31 bits; a reply is longer than its message. */
const greatestPayloadBytes = 256 * 1024 * 1024

const timeoutSeconds = 'seconds above 0 and below WS_PING_INTERVAL'

const { intervalSeconds: usualInterval } = defaultHeartbeat

const heartbeat: readonly unknown[] = ['WS_PING_INTERVAL', 'WS_PING_TIMEOUT']

/** The variables; their problems are told in this order. */
const settings = z
  .object({
    WS_PING_INTERVAL: z._default(
      numberAbove(0, `a number above 0, for example ${usualInterval}`),
      usualInterval,
    ),
    HOST: z._default(listeningHost, 'localhost'),
    PORT: z._default(integer({ from: 0, to: 65_535, example: 9000 }), 9000),
    WS_PING_TIMEOUT: z.optional(numberAbove(0, timeoutSeconds)),
    ALLOWED_ORIGINS: z._default(listOf(origin), defaultOrigins),
    PUBLIC_BASE_URL: z.optional(absoluteUrl('http:', 'https:')),
    WS_PUBLIC_URL: z.optional(absoluteUrl('ws:', 'wss:')),
    WS_ORIGIN_REJECTION: z._default(choice(['403', '1008']), '403'),
    WS_MAX_PAYLOAD: z._default(integer({ from: 1, to: greatestPayloadBytes, example: 1_048_576 }), 1_048_576),
    WS_MAX_CONNECTIONS: z._default(integer({ from: 1, to: 1_000_000, example: 10_000 }), 10_000),
    WS_MAX_PER_ADDRESS: z._default(integer({ from: 1, to: 1_000_000, example: 1000 }), 1000),
    WS_HANDSHAKES_PER_SECOND: z._default(integer({ from: 1, to: 1_000_000, example: 100 }), 100),
    WS_MESSAGES_PER_SECOND: z._default(integer({ from: 1, to: 1_000_000, example: 1000 }), 1000),
    WS_BYTES_PER_SECOND: z._default(integer({ from: 1024, to: 2 ** 40, example: 8_388_608 }), 8_388_608),
    ALLOWED_HOSTS: z._default(listOf(hostName), []),
    ACCESS_TOKEN: z.optional(accessToken),
    TRUSTED_PROXIES: z._default(networks, []),
    PROBE_ALLOW: z._default(allowList, NOTHING_ALLOWED),
    JOURNAL: z._default(journalPlace, 'memory'),
    DATA_DIR: z._default(z.string(), '.why1006'),
    JOURNAL_KEEP: z._default(keep, { ageMs: 30 * 86_400_000, bytes: 2e9 }),
    JOURNAL_SIZE: z._default(integer({ from: 1, to: 10_000_000, example: 100_000 }), 100_000),
    NOTIFY_SECRET: z.optional(z.string()),
    LOG_FORMAT: z._default(choice(['text', 'json']), 'text'),
    LOG_LEVEL: z._default(choice(logLevels, { warning: 'warn' }), 'info'),
  })
  .check(
    z.refine(({ WS_PING_INTERVAL, WS_PING_TIMEOUT = 0 }) => WS_PING_TIMEOUT < WS_PING_INTERVAL, {
      path: ['WS_PING_TIMEOUT'],
      error: ({ input }) => `${timeoutSeconds} (${(input as Settings).WS_PING_INTERVAL})`,
      // Told beside the problems of other variables, too.
      when: ({ issues }) => !issues.some(({ path = [] }) => heartbeat.includes(path[0])),
    }),
  )

type Settings = z.infer<typeof settings>

/** The variables of the environment that the server reads. */
export const variables = Object.keys(settings.shape)

/** Reads and judges the environment. Blank values count as not given. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given = Object.fromEntries(variables.map((name) => [name, givenIn(environment, name)]))
  const { success, data, error } = settings.safeParse(given)
  if (success) return { ok: true, config: configOf(data) }
  const problems = error.issues.map(({ path: [name, item], message }) => {
    const text = given[String(name)] ?? ''
    const value = typeof item === 'number' ? itemsOf(text)[item] : withoutPassword(text)
    return `${String(name)}=${JSON.stringify(value)} is not allowed. Allowed: ${message}.`
  })
  return { ok: false, problems }
}

/** What a URL has before its host. */
const withoutPassword = (text: string): string => text.replace(/\/\/[^@/]*@/, '//…@')

function givenIn(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  const text = environment[name]?.trim()
  // An empty list of origins is a wish: no origin but the server's own.
  return text === '' && name !== 'ALLOWED_ORIGINS' ? undefined : text
}

function configOf(values: Settings): Config {
  const pingIntervalSeconds = values.WS_PING_INTERVAL
  return {
    host: values.HOST,
    port: values.PORT,
    pingIntervalSeconds,
    pingTimeoutSeconds: values.WS_PING_TIMEOUT ?? impliedTimeoutSeconds(pingIntervalSeconds),
    allowedOrigins: values.ALLOWED_ORIGINS,
    publicBaseUrl: values.PUBLIC_BASE_URL,
    wsPublicUrl: values.WS_PUBLIC_URL,
    originRejection: values.WS_ORIGIN_REJECTION === '1008' ? 1008 : 403,
    maxPayloadBytes: values.WS_MAX_PAYLOAD,
    maxConnections: values.WS_MAX_CONNECTIONS,
    socketLimits: {
      perAddress: values.WS_MAX_PER_ADDRESS,
      handshakesPerSecond: values.WS_HANDSHAKES_PER_SECOND,
      messagesPerSecond: values.WS_MESSAGES_PER_SECOND,
      bytesPerSecond: values.WS_BYTES_PER_SECOND,
    },
    allowedHosts: values.ALLOWED_HOSTS,
    accessToken: values.ACCESS_TOKEN,
    trustedProxies: values.TRUSTED_PROXIES,
    probeAllow: values.PROBE_ALLOW,
    journal: placeOf(values.JOURNAL, values.DATA_DIR),
    journalKeep: values.JOURNAL_KEEP,
    journalSize: values.JOURNAL_SIZE,
    notifySecret: values.NOTIFY_SECRET,
    logFormat: values.LOG_FORMAT,
    logLevel: values.LOG_LEVEL,
  }
}

/** @param place as `journalPlace` reads it */
function placeOf(place: string, folder: string): Config['journal'] {
  if (place === 'memory') return 'memory'
  const redis = redisPlaceOf(place)
  if (redis !== undefined) return { redis }
  return { file: place === 'sqlite' ? join(folder, 'journal.db') : place.slice('sqlite:'.length) }
}
