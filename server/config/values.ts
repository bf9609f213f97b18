/**
 * What a variable may hold: schemas from its text to its value. The message of each problem is what would have been
 * allowed.
 */
import { isIP } from 'node:net'
import * as z from 'zod/mini'
import type { Keep } from '#server/journal/prune.ts'
import { type AllowList, parseProbeAllow } from '#server/probe/transport/address-guard.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import type { RedisPlace } from '#server/redis/redis.ts'

export function numberAbove(least: number, allowed: string) {
  const text = z.string().check(z.regex(/^\+?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i, allowed))
  return z.pipe(z.pipe(text, z.transform(Number)), z.number(allowed).check(z.gt(least, allowed)))
}

export function integer({ from, to, example }: { from: number; to: number; example: number }) {
  const allowed = `a whole number from ${from} to ${to}, for example ${example}`
  const text = z.string().check(z.regex(/^\d+$/, allowed))
  return z.pipe(
    z.pipe(text, z.transform(Number)),
    z.number(allowed).check(z.gte(from, allowed), z.lte(to, allowed)),
  )
}

/** One of these words, in any case. */
export function choice<const Words extends readonly string[]>(
  words: Words,
  aliases: Readonly<Record<string, Words[number]>> = {},
) {
  const word = z.overwrite<string>((text) => aliases[text] ?? text)
  return z.pipe(z.string().check(z.toLowerCase(), word), z.enum(words, words.join(' or ')))
}

/** An absolute URL with one of these schemes, without a trailing slash. */
export function absoluteUrl(...schemes: readonly string[]) {
  const isOne = (text: string) => {
    const url = URL.parse(text)
    return (
      url !== null && schemes.includes(url.protocol) && `${url.username}${url.password}${url.hash}` === ''
    )
  }
  const allowed = `an absolute URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`
  return z.string().check(
    z.refine(isOne, allowed),
    z.overwrite((text) => text.replace(/(?<!\/)\/+$/, '')),
  )
}

/** Separated by commas; empty items and repeated ones do not count. */
export function listOf(item: z.ZodMiniType<string, string>) {
  const unique = z.overwrite<string[]>((items) => [...new Set(items)])
  return z.pipe(z.pipe(z.string(), z.transform(itemsOf)), z.array(item).check(unique))
}

export function itemsOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

const origins = 'origins such as http://localhost:3000, separated by commas'

/**
 * One origin (RFC 6454 §6.2: scheme, host, and the port unless it is the scheme's own), in the form in which browsers
 * send it.
 */
export const origin = z.string().check(
  z.refine((text) => text !== '*', {
    error: `${origins}. A wildcard would let every web page that you open talk to this server in your name, so name each origin`,
    abort: true,
  }),
  z.refine((text) => text.toLowerCase() !== 'null', {
    error: `${origins}. Every sandboxed frame and local file sends "null", so it identifies no page`,
    abort: true,
  }),
  z.regex(/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s*,]+\/?$/i, {
    error: `${origins}, without path, query or wildcard`,
    abort: true,
  }),
  z.refine((text) => !/^wss?:/i.test(text), {
    error: ({ input }) =>
      `${origins}. An origin is where the page comes from, so it starts with http, not ${String(input).split(':')[0]}`,
    abort: true,
  }),
  z.refine((text) => !/^https?:/i.test(text) || URL.canParse(text), { error: origins, abort: true }),
  z.overwrite((text) =>
    /^https?:/i.test(text) ? new URL(text).origin : text.replace(/\/$/, '').toLowerCase(),
  ),
)

/** Where to listen: `localhost` is 127.0.0.1 and, where the machine has it, ::1. */
export const listeningHost = z.string().check(
  z.toLowerCase(),
  z.overwrite((text) => text.replace(/^\[(.*)\]$/, '$1')),
  z.refine(
    (host) => host === 'localhost' || isIP(host) !== 0,
    'localhost, or an address of this machine such as 127.0.0.1; 0.0.0.0 is all of its IPv4 addresses, :: all of IPv6 too',
  ),
)

/** What a person can guess is no token, and it goes through URLs, headers and cookies as it is. */
export const accessToken = z
  .string()
  .check(
    z.regex(
      /^[\w.~+/=-]{16,256}$/,
      '16 to 256 letters, digits and . _ ~ + / = -, for example what “openssl rand -hex 24” prints',
    ),
  )

export const hostName = z
  .string()
  .check(
    z.toLowerCase(),
    z.regex(
      /^([a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/,
      'host names without scheme, port or wildcard, separated by commas, for example devbox.internal',
    ),
  )

export const allowList = z.pipe(
  z.string(),
  z.transform((text: string, context): AllowList => {
    try {
      return parseProbeAllow(text)
    } catch (error) {
      if (!(error instanceof ProbeRefusal)) throw error
      const message = `addresses, networks such as 10.1.0.0/16 and host names, separated by commas; “${error.facts.entry}” is none of them`
      context.issues.push({ code: 'custom', message, input: text })
      return z.NEVER
    }
  }),
)

/** Addresses and networks alone: a name says nothing about a peer. */
export const networks = z.pipe(
  allowList,
  z.transform(({ networks: read, names }: AllowList, context): AllowList['networks'] => {
    const [name] = names
    if (name === undefined) return read
    const message = `addresses and networks such as 10.1.0.0/16, separated by commas; “${name}” is a name`
    context.issues.push({ code: 'custom', message, input: name })
    return z.NEVER
  }),
)

const JOURNALS = 'memory, sqlite, sqlite:<file>, redis://<host>:<port> or valkey://…; rediss:// for TLS'
const SHARED = /^(?:redis|valkey)s?:\/\//

/** `memory`, `sqlite`, `sqlite:` and a file, or the URL of a Redis. */
export const journalPlace = z
  .string()
  .check(
    z.refine(
      (text) => /^(?:memory|sqlite|sqlite:.+)$/.test(text) || (SHARED.test(text) && isRedisUrl(text)),
      JOURNALS,
    ),
  )

function isRedisUrl(text: string): boolean {
  const url = URL.parse(text)
  return (
    url !== null &&
    url.hostname !== '' &&
    /^(?:\/\d{0,5})?$/.test(url.pathname) &&
    prefixIn(url) !== undefined
  )
}

/** Keys of Redis begin so, unless `?prefix=` says otherwise. */
const PREFIX = 'why1006'

function prefixIn({ searchParams }: URL): string | undefined {
  const prefix = searchParams.get('prefix') ?? PREFIX
  return /^[\w:.-]{1,64}$/.test(prefix) && [...searchParams.keys()].every((name) => name === 'prefix')
    ? prefix
    : undefined
}

/** Where a Redis is, in the words of its client; undefined for another kind of journal. @param place as `journalPlace` reads it */
export function redisPlaceOf(place: string): RedisPlace | undefined {
  const url = SHARED.test(place) ? URL.parse(place) : null
  if (url === null) return undefined
  const prefix = prefixIn(url) ?? PREFIX
  url.search = ''
  return { url: url.href.replace(/^valkey/, 'redis'), prefix }
}

const KEEP = 'an age, a size or both, such as 30d,2GB (m, h, d; MB, GB)'
const AGES: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const SIZES: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9 }

/** `30d,2GB`: at most so old, and so many bytes. */
export const keep = z.pipe(
  z.string().check(z.regex(/^\s*\d{1,6}\s*(?:[mhd]|[MG]B)\s*(?:,\s*\d{1,6}\s*(?:[mhd]|[MG]B)\s*)?$/, KEEP)),
  z.transform((text): Keep => {
    const parts = text.split(',').map((part) => /(\d+)\s*(\w+)/.exec(part) ?? [])
    const inUnits = (units: Readonly<Record<string, number>>) =>
      parts.flatMap(([, count, unit = '']) => (units[unit] ? [Number(count) * units[unit]] : []))[0]
    const [ageMs, bytes] = [inUnits(AGES), inUnits(SIZES)]
    return { ...(ageMs !== undefined && { ageMs }), ...(bytes !== undefined && { bytes }) }
  }),
)
