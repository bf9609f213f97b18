import { cx } from '#components/ui/cx.ts'
import { Panel } from '#components/ui/panel.tsx'
import type { Evidence, RetryEvidence } from '#lib/evidence/schema.ts'

/** The panel "Also tried": the probe again with one thing changed each time, which isolates what matters. */
export function RetriesPanel({ evidence: { retries = [] } }: { evidence: Evidence }) {
  if (retries.length === 0) return null
  return (
    <Panel title="Also tried" note={<span className="figures">{retries.length}</span>}>
      <ul className="flex flex-col gap-1.5 px-3.5 py-2.5">
        {retries.map((retry) => (
          <li key={JSON.stringify(retry.vary)} className="flex items-baseline gap-3">
            <span className="min-w-0 flex-1 wrap-anywhere">{changeWords(retry.vary)}</span>
            <span
              className={cx('figures shrink-0', retry.status === 101 ? 'text-alive' : 'text-soft')}
              title={retry.refused}
            >
              {resultWords(retry)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function changeWords(vary: RetryEvidence['vary']): string {
  if (vary.origin === null) return 'without an Origin'
  if (vary.origin !== undefined) return `from ${vary.origin}`
  if (vary.subprotocols !== undefined) {
    return vary.subprotocols.length === 0
      ? 'without subprotocols'
      : `with the subprotocols ${vary.subprotocols.join(', ')}`
  }
  if (vary.url !== undefined) return `straight to ${vary.url}`
  if (vary.scheme !== undefined) return `over ${vary.scheme}://`
  if (vary.location !== undefined) return `where the redirect leads: ${vary.location}`
  if (vary.path !== undefined) return `at ${vary.path}`
  if (vary.verify === false) return 'behind the certificate that failed'
  if (vary.extensions !== undefined) return 'with an offer of compression'
  if (vary.heartbeat_seconds !== undefined) return `with a ping every ${vary.heartbeat_seconds} s`
  return 'with something else'
}

function resultWords({ status, failed, end, refused }: RetryEvidence): string {
  if (refused !== undefined) return 'not made'
  if (failed) return `${failed.stage} failed`
  if (status !== undefined && status !== 101) return String(status)
  if (end?.kind === 'close_frame' && end.by !== 'probe') return `101, closed ${end.code ?? 1005}`
  return status === undefined ? 'no answer' : '101'
}
