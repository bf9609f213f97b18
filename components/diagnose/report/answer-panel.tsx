import { cx } from '#components/ui/cx.ts'
import { Panel } from '#components/ui/panel.tsx'
import type { Evidence } from '#lib/evidence/schema.ts'
import { visible } from '#lib/text/foreign.ts'
import { textOfHtml } from '#lib/text/html.ts'

/** Says nothing of who answered or why. */
const unremarkable =
  /^(date|content-length|cache-control|pragma|expires|etag|vary|accept-ranges|last-modified)$/i
const mostHeaders = 8

/** Who answered, why, and how it went on: in the order in which they tell. */
const firstHeaders = [
  'location',
  'www-authenticate',
  'retry-after',
  'server',
  'via',
  'x-powered-by',
  'cf-ray',
  'upgrade',
  'connection',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
  'content-type',
]
/** Says what browsers may do with a page, which this is not. */
const security =
  /^(content-security-policy|cross-origin-|permissions-policy|referrer-policy|strict-transport-security|x-content-type-options|x-frame-options|x-xss-protection|x-dns-prefetch|x-download-options|x-permitted-cross|origin-agent-cluster)/i

/** Telling headers first; those about pages last. */
function rankOf(name: string): number {
  const at = firstHeaders.indexOf(name.toLowerCase())
  if (at >= 0) return at
  return security.test(name) ? firstHeaders.length + 1 : firstHeaders.length
}
/** Of the body: what fits into three lines, and some more for who points at them. */
const mostCharacters = 400

/** The panel "Response": status, headers and the beginning of the body, as they came. */
export function AnswerPanel({ evidence: { probe } }: { evidence: Evidence }) {
  const http = probe?.http
  if (http?.status === undefined && !http?.body_start) return null
  const { status, status_text: reason = '', version, headers = [], body_start: body } = http
  const telling = headers
    .filter(([name]) => !unremarkable.test(name))
    .toSorted(([a], [b]) => rankOf(a) - rankOf(b))
  const shown = telling.slice(0, mostHeaders).filter(([name]) => !security.test(name))
  const folded = telling.slice(shown.length)
  return (
    <Panel title="Response" note={version && `HTTP/${version}`}>
      <dl className="grid grid-cols-[fit-content(42%)_minmax(0,1fr)] gap-x-3 gap-y-1 px-3.5 py-3">
        {status !== undefined && (
          <Line
            name="status"
            value={`${status} ${reason}`}
            tone={status === 101 ? 'text-alive' : 'text-dead'}
          />
        )}
        {body !== undefined && body !== '' && (
          <Line name="body" value={(textOfHtml(body) || body.trim()).slice(0, mostCharacters)} />
        )}
        {shown.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and the list does not change
          <Line key={index} name={name.toLowerCase()} value={value} />
        ))}
      </dl>
      {folded.length > 0 && (
        <details className="border-t border-line px-3.5 py-2">
          <summary className="text-soft">
            {folded.length === 1 ? '1 more header' : `${folded.length} more headers`}
          </summary>
          <dl className="grid grid-cols-[fit-content(42%)_minmax(0,1fr)] gap-x-3 gap-y-1 pt-2">
            {folded.map(([name, value], index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <Line key={index} name={name.toLowerCase()} value={value} />
            ))}
          </dl>
        </details>
      )}
    </Panel>
  )
}

function Line({ name, value, tone }: { name: string; value: string; tone?: string }) {
  return (
    <>
      <dt className="figures text-faint wrap-anywhere">{visible(name)}</dt>
      <dd className={cx('figures line-clamp-3 wrap-anywhere', tone)} title={visible(value.slice(0, 1000))}>
        {visible(value)}
      </dd>
    </>
  )
}
