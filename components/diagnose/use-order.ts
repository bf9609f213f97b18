'use client'
import { parseAsFloat, parseAsString, useQueryStates } from 'nuqs'
import { useState } from 'react'
import type { DiagnoseOrder } from '#lib/api/diagnose.ts'
import { understandTarget } from '#lib/applications/target.ts'
import { maskText } from '#lib/evidence/mask.ts'

/** What a link may name. Headers and first messages carry secrets and stay out of the address, and of URLs what is masked. */
const linkable = {
  url: parseAsString.withDefault(''),
  origin: parseAsString.withDefault(''),
  subprotocols: parseAsString.withDefault(''),
  direct: parseAsString.withDefault(''),
  hold: parseAsFloat,
  /** The connection of the Live page in this tab that is asked about. */
  connection: parseAsString,
  /** A socket of another page, by the name that its recorder gave it. */
  recording: parseAsString,
}

const longestHoldSeconds = 3600

export interface OrderForm {
  readonly url: string
  readonly origin: string
  readonly subprotocols: string
  readonly direct: string
  readonly connection: string | null
  readonly recording: string | null
  /** As typed. */
  readonly hold: string
  /** A header a line. */
  readonly headers: string
  readonly send: string
  /** What is wrong with the URL or the hold, a sentence each; empty where nothing is. */
  readonly problems: { readonly url: string; readonly hold: string }
  /** Null while something is wrong. */
  readonly order: DiagnoseOrder | null
  set(
    change: Partial<
      Pick<
        OrderForm,
        'url' | 'origin' | 'subprotocols' | 'direct' | 'hold' | 'headers' | 'send' | 'recording'
      >
    >,
  ): void
}

/** The form's fields: those that a link can name are part of the address. */
export function useOrder(): OrderForm {
  const [linked, setLinked] = useQueryStates(linkable, { history: 'replace', shallow: true })
  const [own, setOwn] = useState({
    hold: linked.hold === null ? '' : String(linked.hold),
    headers: '',
    send: '',
  })
  const { origin, subprotocols, connection, recording } = linked
  const { headers, send } = own
  const [url, setUrl] = useUnmasked(linked.url)
  const [direct, setDirect] = useUnmasked(linked.direct)
  // What was typed, unless a link has named another time since.
  const hold = secondsOf(own.hold) === linked.hold ? own.hold : String(linked.hold ?? '')
  const target = understandTarget(url, location.origin)
  const holdSeconds = hold.trim() === '' ? null : Number(hold)
  const problems = {
    url: target.ok ? '' : target.says,
    hold:
      holdSeconds === null || (holdSeconds >= 0 && holdSeconds <= longestHoldSeconds)
        ? ''
        : `Seconds from 0 to ${longestHoldSeconds}.`,
  }
  const isRight = problems.url === '' && problems.hold === ''
  return {
    url,
    origin,
    subprotocols,
    direct,
    connection,
    recording,
    hold,
    headers,
    send,
    problems,
    order: isRight ? orderOf({ url, origin, subprotocols, direct, holdSeconds, headers, send }) : null,
    set({ hold: held, headers: lines = headers, send: message = send, ...rest }) {
      const next = held ?? hold
      setOwn({ hold: next, headers: lines, send: message })
      void setLinked({
        ...rest,
        ...(rest.url !== undefined && { url: setUrl(rest.url) }),
        ...(rest.direct !== undefined && { direct: setDirect(rest.direct) }),
        hold: secondsOf(next),
      })
    },
  }
}

/**
 * The URL that was typed where the address has it without its secrets, until the address names another.
 * @returns the URL, and what takes another: it gives what may stand in the address
 */
function useUnmasked(linked: string): [string, (url: string) => string] {
  const [typed, setTyped] = useState({ url: linked, masked: linked })
  const take = (url: string): string => {
    const masked = maskText(url)
    setTyped({ url, masked })
    return masked
  }
  return [typed.masked === linked ? typed.url : linked, take]
}

/** Null for nothing, and for what is no number. */
function secondsOf(typed: string): number | null {
  const seconds = typed.trim() === '' ? Number.NaN : Number(typed)
  return Number.isFinite(seconds) ? seconds : null
}

interface Typed extends Pick<OrderForm, 'url' | 'origin' | 'subprotocols' | 'direct' | 'headers' | 'send'> {
  holdSeconds: number | null
}

function orderOf({ url, origin, subprotocols, direct, holdSeconds, headers, send }: Typed): DiagnoseOrder {
  const names = subprotocols.split(/[\s,]+/).filter(Boolean)
  const lines = headers.split('\n').filter((line) => line.trim() !== '')
  return {
    url: url.trim(),
    ...(origin.trim() !== '' && { origin: origin.trim() === 'none' ? null : origin.trim() }),
    ...(names.length > 0 && { subprotocols: names }),
    ...(direct.trim() !== '' && { direct: direct.trim() }),
    ...(holdSeconds !== null && holdSeconds > 0 && { hold_seconds: holdSeconds }),
    ...(lines.length > 0 && { headers: lines }),
    ...(send !== '' && { send }),
  }
}
