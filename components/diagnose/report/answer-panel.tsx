import { cx } from '#components/ui/cx.ts'
import { Panel } from '#components/ui/panel.tsx'
import type { Evidence } from '#lib/evidence/schema.ts'
import { visible } from '#lib/text/foreign.ts'
import { textOfHtml } from '#lib/text/html.ts'

/** Says nothing of who answered or why. */
const unremarkable =
  /^(date|content-length|cache-control|pragma|expires|etag|vary|accept-ranges|last-modified)$/i
const mostHeaders = 12
/** Of the body: what fits into three lines, and some more for who points at them. */
const mostCharacters = 400

/** The panel "Response": status, headers and the beginning of the body, as they came. */
export function AnswerPanel({ evidence: { probe } }: { evidence: Evidence }) {
  const http = probe?.http
  if (http?.status === undefined && !http?.body_start) return null
  const { status, status_text: reason = '', version, headers = [], body_start: body } = http
  const telling = headers.filter(([name]) => !unremarkable.test(name))
  return (
    <Panel title="Response" note={version && `HTTP/${version}`}>
      <dl className="grid grid-cols-[minmax(72px,auto)_minmax(0,1fr)] gap-x-3 gap-y-1 px-3.5 py-3">
        {status !== undefined && (
          <Line
            name="status"
            value={`${status} ${reason}`}
            tone={status === 101 ? 'text-alive' : 'text-dead'}
          />
        )}
        {telling.slice(0, mostHeaders).map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and the list does not change
          <Line key={index} name={name.toLowerCase()} value={value} />
        ))}
        {body !== undefined && body !== '' && (
          <Line name="body" value={(textOfHtml(body) || body.trim()).slice(0, mostCharacters)} />
        )}
      </dl>
      {telling.length > mostHeaders && (
        <details className="border-t border-line px-3.5 py-2">
          <summary className="text-soft">{telling.length - mostHeaders} more headers</summary>
          <dl className="grid grid-cols-[minmax(72px,auto)_minmax(0,1fr)] gap-x-3 gap-y-1 pt-2">
            {telling.slice(mostHeaders).map(([name, value], index) => (
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
      <dt className="figures max-w-40 truncate text-faint" title={visible(name)}>
        {visible(name)}
      </dt>
      <dd className={cx('figures line-clamp-3 wrap-anywhere', tone)} title={visible(value.slice(0, 1000))}>
        {visible(value)}
      </dd>
    </>
  )
}
