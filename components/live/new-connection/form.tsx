'use client'
import { useQueryState } from 'nuqs'
import { type FormEvent, useEffect, useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { protocolOf, speaking } from '#components/core/protocols.ts'
import { useSelect } from '#components/core/selection.ts'
import { parseSeconds, socketOrigin } from '#components/core/typed.ts'
import { isAddress } from '#components/diagnose/ask/address.ts'
import { useDiagnose } from '#components/diagnose/use-diagnose.ts'
import { SavedButton } from '#components/live/saved/saved-button.tsx'
import { askThrough } from '#components/live/through/ask-through.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field } from '#components/ui/field.tsx'
import { Switch } from '#components/ui/switch.tsx'
import type { Application } from '#lib/applications/application.ts'
import { isBareHost } from '#lib/applications/bare-host.ts'
import { type GoodTarget, understandTarget } from '#lib/applications/target.ts'
import {
  defaultHeartbeat,
  heartbeatProblem,
  readHeartbeat,
  settleHeartbeat,
  withHeartbeat,
} from '#lib/protocol/heartbeat.ts'
import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'
import { selectRecentUrls } from '#lib/store/selectors.ts'
import { fallbacksOf } from './fallbacks.ts'
import { type Suggestion, UrlCombobox } from './url-combobox.tsx'

/** The page measures about as often as the server pings, but not more often than this. */
const leastPagePingMs = 1000

/** The form "New connection". Enter in any field connects. What is no URL is diagnosed. */
export function NewConnectionForm({ className }: { className?: string }) {
  const origin = useLive((live) => live.page.origin)
  const heartbeat = useLive((live) => (live.server.status === 'up' ? live.server.heartbeat : null))
  const suggestions = useSuggestions(origin)
  const select = useSelect()
  const diagnose = useDiagnose()
  const [typedUrl, setUrl] = useState<string | null>(null)
  const [interval, setInterval] = useState('')
  const [timeout, setTimeout] = useState('')
  const [subprotocols, setSubprotocols] = useState('')
  const [pings, setPings] = useState(true)
  const [speaks, setSpeaks] = useState(true)
  const [isRefused, setRefused] = useState(false)

  // A link may name a target: it fills the form, a click connects.
  const [linkedUrl] = useQueryState('url')
  const url = typedUrl ?? linkedUrl ?? ''
  const isText = url.trim() !== '' && !isAddress(url)
  const address = understandTarget(url, origin)
  const own = address.ok && address.isOwn
  // A field that is left empty takes nothing away from what the URL asks for.
  const inUrl = own ? readHeartbeat(new URL(address.url).searchParams) : null
  const asked = {
    intervalSeconds: parseSeconds(interval) ?? inUrl?.intervalSeconds ?? null,
    timeoutSeconds: parseSeconds(timeout) ?? inUrl?.timeoutSeconds ?? null,
  }
  const problem = own ? heartbeatProblem(asked, heartbeat) : null
  const configured = heartbeat ?? defaultHeartbeat
  const settled = settleHeartbeat({ ...asked, timeoutSeconds: null }, configured)
  const usual = settled.ok ? settled.heartbeat : configured
  const refusal = address.ok ? (problem?.says ?? null) : url.trim() === '' ? 'Enter a URL.' : address.says

  const isBare = address.ok && !own && isBareHost(new URL(address.socketUrl))
  const names = subprotocols.split(/[\s,]+/).filter(Boolean)
  const protocol = useProtocol(address.ok && !own ? address : null, names)

  const connect = (event: FormEvent) => {
    event.preventDefault()
    if (isText) return diagnose(url)
    setRefused(refusal !== null)
    if (!address.ok || problem !== null) return
    const id = liveActions.open({
      url: own ? withHeartbeat(address.socketUrl, asked) : address.socketUrl,
      subprotocols: names,
      ...((protocol !== null || isBare) && speaks && { speak: speaking({ asked: address.asked }) }),
      ...(isBare && { fallbacks: fallbacksOf(address.socketUrl) }),
      ...(own &&
        pings &&
        address.endpoint !== null && {
          pagePings: { mode: 'every', intervalMs: Math.max(leastPagePingMs, usual.intervalSeconds * 1000) },
        }),
    })
    select(id)
  }
  return (
    <form
      aria-label="New connection"
      onSubmit={connect}
      noValidate
      className={cx('flex flex-col gap-2 rounded-box border border-line bg-panel p-2.5', className)}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 wide:flex">
        <UrlCombobox
          value={url}
          onChange={(value) => {
            setUrl(value)
            setRefused(false)
          }}
          suggestions={suggestions}
          isWrong={isRefused && !address.ok}
          note={address.ok && !own ? openedAs(address.socketUrl, url) : null}
        />
        <div className="col-span-2 row-start-2 flex flex-wrap items-center gap-2">
          {/* Only our own endpoints take them from the URL. */}
          {own && (
            <>
              <Field
                label="Ping interval"
                unit="s"
                inputMode="decimal"
                placeholder={String(inUrl?.intervalSeconds || configured.intervalSeconds)}
                value={interval}
                aria-invalid={isRefused && problem?.field === 'interval'}
                onChange={(event) => setInterval(event.target.value)}
                boxClassName="w-36 max-sm:flex-1 max-sm:basis-32"
              />
              <Field
                label="Ping timeout"
                unit="s"
                inputMode="decimal"
                placeholder={String(inUrl?.timeoutSeconds || usual.timeoutSeconds)}
                value={timeout}
                aria-invalid={isRefused && problem?.field === 'timeout'}
                onChange={(event) => setTimeout(event.target.value)}
                boxClassName="w-36 max-sm:flex-1 max-sm:basis-32"
              />
            </>
          )}
          <Field
            label="Subprotocols"
            placeholder="none"
            value={subprotocols}
            onChange={(event) => setSubprotocols(event.target.value)}
            // On a phone the two buttons beside each other need a line of their own.
            boxClassName={cx(
              'w-44 max-sm:flex-1',
              address.ok && !own ? 'max-sm:basis-full' : 'max-sm:basis-40',
            )}
          />
          {own && (
            <Switch
              label="Page pings"
              title="Also measures round trips from this page. The extra traffic resets idle timers; turn it off to test them."
              checked={pings}
              onChange={(event) => setPings(event.target.checked)}
            />
          )}
          <SavedButton />
          {address.ok && !own && (
            <Button
              aria-haspopup="dialog"
              title="Lets the Why1006 server open it, with headers, cookies or a client certificate"
              onClick={() => askThrough({ url: address.socketUrl, subprotocols: names })}
            >
              Through Why1006…
            </Button>
          )}
          {protocol !== null && (
            <Switch
              label={`Speak ${protocol.name}`}
              title={`Sends what a ${protocol.name} client sends to stay connected: its first message, answers to pings, its own heartbeat.`}
              checked={speaks}
              onChange={(event) => setSpeaks(event.target.checked)}
            />
          )}
        </div>
        <Button type="submit" look="primary" size="large" className="col-start-2 row-start-1 min-w-22">
          {isText ? 'Diagnose' : 'Connect'}
        </Button>
      </div>
      {isRefused && refusal !== null && (
        <p role="alert" className="px-2.5 text-dead">
          {refusal}
        </p>
      )}
    </form>
  )
}

/** What will be opened, where that is not what was typed. */
function openedAs(socketUrl: string, typed: string): string | null {
  return socketUrl === typed.trim() || socketUrl === `${typed.trim()}/` ? null : `opens ${socketUrl}`
}

/** The protocol above WebSocket that the address or the subprotocols show, where its client has something to say. */
function useProtocol(address: GoodTarget | null, names: readonly string[]): Application | null {
  const [found, setFound] = useState<Application | null>(null)
  const url = address?.socketUrl
  const asked = address?.asked
  const asOne = names.join(',')
  useEffect(() => {
    let isCurrent = true
    const show = (application: Application | null) => {
      if (isCurrent) setFound(application?.converse === undefined ? null : application)
    }
    const subprotocols = asOne.split(',').filter(Boolean)
    if (url === undefined) show(null)
    else protocolOf({ url, asked, subprotocols }).then(show, () => show(null))
    return () => {
      isCurrent = false
    }
  }, [url, asked, asOne])
  return found
}

/** In the order in which they are suggested. */
const endpointNotes = {
  '/ws/health': 'heartbeats',
  '/ws/echo': 'demo: echoes messages',
  '/ws': 'demo: answers pings',
} satisfies Record<OwnEndpoint, string>

/** This server's endpoints, then the URLs used before, newest first, each once. */
function useSuggestions(pageOrigin: string): Suggestion[] {
  const recent = useLive(selectRecentUrls)
  const own = Object.entries(endpointNotes).map(([path, note]) => ({
    url: `${socketOrigin(pageOrigin)}${path}`,
    note,
  }))
  const known = new Set(own.map((one) => one.url))
  return [...own, ...recent.filter((url) => !known.has(url)).map((url) => ({ url, note: 'recent' }))]
}
