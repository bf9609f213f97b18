/** The picture that goes with a link to a report: the verdict, as chats and trackers show it. PNG, 1200 × 630. */
import type { ReactElement } from 'react'
import type { ReportSummary } from '#lib/api/reports.ts'
import { answerOf } from '#lib/diagnosis/verdict-title.ts'
import { describeDuration } from '#lib/text/duration.ts'
import { shortened } from '#lib/text/foreign.ts'

const SIZE = { width: 1200, height: 630 }

const COLORS = { ground: '#0b0e12', line: '#222934', text: '#e7ebf1', soft: '#a4aebd' }
const STATES = {
  healthy: '#2fd6bd',
  fault: '#ff6b66',
  undetermined: '#f2b84b',
  'ok so far': '#a4aebd',
} as const

/** The font has these letters. For any other, the renderer would ask a server of somebody else's. */
const drawable = (text: string): string => text.replace(/[^ -~\u00a1-\u00ff‘’“”–—…]/g, '?')

type Style = Readonly<Record<string, string | number>>

const box = (style: Style, ...children: (ReactElement | string)[]): ReactElement =>
  ({ type: 'div', props: { style: { display: 'flex', ...style }, children }, key: null }) as never

export async function drawCard(summary: ReportSummary): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded late: it is large, and few reports are linked where pictures are shown.
  const { ImageResponse } = await import('next/og.js')
  const image = new ImageResponse(cardOf(summary), SIZE)
  return new Uint8Array(await image.arrayBuffer())
}

function cardOf({ outcome, cause, certainty, headline, url, created, so_far, watched_ms }: ReportSummary) {
  const state = so_far ? 'ok so far' : outcome
  const answer = drawable(shortened(answerOf({ outcome, cause, headline }), 110))
  const facts = [
    outcome === 'fault' && certainty,
    watched_ms !== undefined && `watched for ${describeDuration(watched_ms)}`,
    `${new Date(created * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  ]
  const place = drawable(shortened(url?.replace(/^wss?:\/\//, '') ?? 'No URL in the evidence', 90))
  return box(
    { width: '100%', height: '100%', background: COLORS.ground, color: COLORS.text },
    box({ width: 16, height: '100%', background: STATES[state] }),
    box(
      { flex: 1, flexDirection: 'column', padding: '64px 72px' },
      box({ fontSize: 36, color: STATES[state] }, state),
      box(
        { marginTop: 20, fontSize: answer.length > 60 ? 56 : 72, lineHeight: 1.15, letterSpacing: -1.5 },
        answer,
      ),
      box({ marginTop: 28, fontSize: 36, color: COLORS.soft, wordBreak: 'break-all' }, place),
      box(
        {
          marginTop: 'auto',
          paddingTop: 28,
          borderTop: `2px solid ${COLORS.line}`,
          fontSize: 30,
          color: COLORS.soft,
          justifyContent: 'space-between',
        },
        box({}, facts.filter((fact) => typeof fact === 'string').join(' · ')),
        box({}, 'why1006'),
      ),
    ),
  )
}
