/**
 * The controller of ingress-nginx, in klog's lines: `I0825 09:12:31.104812       7 controller.go:166] "Backend
 * successfully reloaded"`. Of them only the reloads of nginx are about connections.
 */
import type { LineParser, NoticeRecord, Sign } from '#lib/logs/record.ts'
import { isoStamp } from '#lib/logs/stamp.ts'

/** Its stamp has no year: that is the reader's. */
const klog =
  /^([IWEF])(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{3,6}) {1,12}\d{1,10} [\w./-]{1,120}:\d{1,6}\] (.{1,4000})/

const LEVELS: Readonly<Record<string, string>> = { I: 'info', W: 'warning', E: 'error', F: 'fatal' }

const signs: readonly [RegExp, Sign][] = [
  [
    /\b(?:backend reload required|Backend successfully reloaded|Reloading NGINX|NGINX reload triggered)\b/i,
    'reload',
  ],
  [/\b(?:Received SIGTERM|Shutting down controller|Stopping NGINX process)\b/i, 'stop'],
]

export const parseIngressNginx: LineParser = (line, { year }) => {
  const match = klog.exec(line)
  if (match === null) return undefined
  const [, level = 'I', month, day, time, text = ''] = match
  const sign = signs.find(([pattern]) => pattern.test(text))?.[1]
  if (sign === undefined) return undefined
  const stamp = isoStamp(`${year}-${month}-${day}T${time}`)
  const record: NoticeRecord = {
    kind: 'notice',
    format: 'ingress-nginx',
    level: LEVELS[level] ?? 'info',
    sign,
    text,
    resolutionMs: 1,
    ...(stamp !== undefined && { atMs: stamp.atMs, zoneless: true }),
  }
  return record
}
