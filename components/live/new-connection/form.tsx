'use client'
import { useQueryState } from 'nuqs'
import { type FormEvent, useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { useSelect } from '#components/core/selection.ts'
import { parseSeconds, socketOrigin } from '#components/core/typed.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field } from '#components/ui/field.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { say } from '#components/ui/toast-queue.ts'
import { understandTarget } from '#lib/applications/target.ts'
import {
  defaultHeartbeat,
  heartbeatProblem,
  readHeartbeat,
  settleHeartbeat,
  withHeartbeat,
} from '#lib/protocol/heartbeat.ts'
import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'
import { selectRecentUrls } from '#lib/store/selectors.ts'
import { type Suggestion, UrlCombobox } from './url-combobox.tsx'

/** The page measures about as often as the server pings, but not more often than this. */
const leastPagePingMs = 1000

/** The form "New connection". Enter in any field connects. */
export function NewConnectionForm({ className }: { className?: string }) {
  const origin = useLive((live) => live.page.origin)
  const heartbeat = useLive((live) => (live.server.status === 'up' ? live.server.heartbeat : null))
  const suggestions = useSuggestions(origin)
  const select = useSelect()
  const [typedUrl, setUrl] = useState<string | null>(null)
  const [interval, setInterval] = useState('')
  const [timeout, setTimeout] = useState('')
  const [subprotocols, setSubprotocols] = useState('')
  const [pings, setPings] = useState(true)

  // A link may name a target: it fills the form, a click connects.
  const [linkedUrl] = useQueryState('url')
  const url = typedUrl ?? linkedUrl ?? `${socketOrigin(origin)}/ws/health`
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
  const problemOf = (field: 'interval' | 'timeout') => (problem?.field === field ? problem.says : '')

  const connect = (event: FormEvent) => {
    event.preventDefault()
    if (!address.ok || problem !== null) return
    if (!own && address.notes.length > 0) say(address.notes.map(({ says }) => says).join(' '))
    const id = liveActions.open({
      url: own ? withHeartbeat(address.socketUrl, asked) : address.socketUrl,
      subprotocols: subprotocols.split(/[\s,]+/).filter(Boolean),
      ...(own &&
        pings &&
        address.endpoint !== null && {
          pagePings: { mode: 'every', intervalMs: Math.max(leastPagePingMs, usual.intervalSeconds * 1000) },
        }),
    })
    select(id)
  }
  const ownOnly = own ? undefined : 'Available on Why1006’s own endpoints only'
  return (
    <form
      aria-label="New connection"
      onSubmit={connect}
      className={cx(
        'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 rounded-box border border-line bg-panel p-2.5 wide:flex',
        className,
      )}
    >
      <UrlCombobox
        value={url}
        onChange={setUrl}
        suggestions={suggestions}
        problem={address.ok ? '' : address.says}
      />
      <div className="col-span-2 row-start-2 flex flex-wrap items-center gap-2">
        <Field
          label="Ping interval"
          unit="s"
          inputMode="decimal"
          placeholder={String(inUrl?.intervalSeconds || configured.intervalSeconds)}
          disabled={!own}
          title={ownOnly}
          value={interval}
          ref={(input) => input?.setCustomValidity(problemOf('interval'))}
          onChange={(event) => setInterval(event.target.value)}
          boxClassName="w-36 max-sm:flex-1 max-sm:basis-32"
        />
        <Field
          label="Ping timeout"
          unit="s"
          inputMode="decimal"
          placeholder={String(inUrl?.timeoutSeconds || usual.timeoutSeconds)}
          disabled={!own}
          title={ownOnly}
          value={timeout}
          ref={(input) => input?.setCustomValidity(problemOf('timeout'))}
          onChange={(event) => setTimeout(event.target.value)}
          boxClassName="w-36 max-sm:flex-1 max-sm:basis-32"
        />
        <Field
          label="Subprotocols"
          placeholder="none"
          value={subprotocols}
          onChange={(event) => setSubprotocols(event.target.value)}
          boxClassName="w-44 max-sm:flex-1 max-sm:basis-40"
        />
        <Switch
          label="Page pings"
          title="Also measures round trips from this page. The extra traffic resets idle timers; turn it off to test them."
          checked={own && pings}
          disabled={!own}
          onChange={(event) => setPings(event.target.checked)}
        />
      </div>
      <Button type="submit" look="primary" size="large" className="col-start-2 row-start-1">
        Connect
      </Button>
    </form>
  )
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
