import { formatSeconds, plural } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import type { BrowserEvent, Evidence } from '#lib/evidence/schema.ts'
import { visible } from '#lib/text/foreign.ts'

/** The panel "What was recorded": what a recorder saw of one socket of its page, in order. */
export function WhatWasRecorded({ evidence: { target, browser, peers } }: { evidence: Evidence }) {
  const steps = stepsOf(browser?.events ?? [])
  return (
    <Panel title="What was recorded">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-b border-line px-3.5 py-2.5">
        <dt className="text-faint">URL</dt>
        <dd className="figures wrap-anywhere">{visible(target?.url ?? 'not known')}</dd>
        <dt className="text-faint">Page</dt>
        <dd className="figures wrap-anywhere">{visible(target?.page_origin ?? 'not known')}</dd>
      </dl>
      <ol className="px-3.5 py-2">
        {steps.map(({ ms, says }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a recording does not change
          <li key={at} className="flex gap-3 py-0.5">
            <span className="figures w-16 shrink-0 text-right text-faint">{formatSeconds(ms)}</span>
            <span className="min-w-0 wrap-anywhere">{says}</span>
          </li>
        ))}
      </ol>
      {peers !== undefined && peers.length > 1 && (
        <p className="border-t border-line px-3.5 py-2 text-soft">
          {peers.length} connections to this URL ended while the page was recorded.
        </p>
      )}
    </Panel>
  )
}

type Step = { ms: number; says: string }

/** Messages in a row are one step. */
function stepsOf(events: readonly BrowserEvent[]): Step[] {
  const steps: Step[] = []
  let received = 0
  let sent = 0
  let lastMs = 0
  const flush = () => {
    if (received + sent > 0) {
      const parts = [
        ...(received > 0 ? [`${plural(received, 'message', 'messages')} received`] : []),
        ...(sent > 0 ? [`${sent} sent`] : []),
      ]
      steps.push({ ms: lastMs, says: parts.join(', ') })
    }
    received = 0
    sent = 0
  }
  for (const event of events) {
    const { ms = 0, type } = event
    if (type === 'message') received++
    else if (type === 'sent') sent++
    else if (type === 'left_out') {
      received += event.messages ?? 0
      sent += event.sent ?? 0
    } else {
      flush()
      steps.push({ ms, says: wordsOf(event) })
    }
    lastMs = ms
  }
  flush()
  return steps
}

const readyStates = ['connecting', 'open', 'closing', 'closed']

function wordsOf({ type, code, reason, name, message, ready_state: state, protocol }: BrowserEvent): string {
  const withReason = reason ? ` “${visible(reason)}”` : ''
  switch (type) {
    case 'open':
      return protocol ? `opened, subprotocol ${visible(protocol)}` : 'opened'
    case 'close':
      return code === 1006 ? 'dropped or failed: 1006' : `closed with ${code}${withReason}`
    case 'close_called':
      return `your page called close(${code ?? ''})${withReason}`
    case 'error':
      return 'error event'
    case 'exception':
      return `${visible(name ?? 'Error')}: ${visible(message ?? '')}`
    case 'page_left':
      return 'the page was left'
    case 'still_open':
      return `still ${readyStates[state ?? 1] ?? 'open'}`
    default:
      return visible(type)
  }
}
