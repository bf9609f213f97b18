/** The path of a connection that nobody probed, as far as what was told of its ending shows it. */
import type { Report } from '#lib/diagnosis/report.ts'
import type { StationId, StationState } from '#lib/diagnosis/stations.ts'

export type ToldEnding = NonNullable<Report['ending']>

export interface ToldStop {
  readonly state: StationState
  readonly says: string
  readonly whole?: string
}

/** Whoever got further has passed these. */
const before: Readonly<Record<'tcp' | 'tls' | 'upgrade', readonly StationId[]>> = {
  tcp: ['dns'],
  tls: ['dns', 'tcp'],
  upgrade: ['dns', 'tcp', 'tls'],
}

const passed: ToldStop = { state: 'passed', says: 'worked' }
const unknown: ToldStop = { state: 'unknown', says: 'not told' }

/**
 * Where it broke, and what that proves of the stations before. Who answered is in few of the words.
 * @param isPlain no TLS: ws://
 */
export function toldStops(
  { kind, status, code, through }: ToldEnding,
  isPlain: boolean,
): Partial<Record<StationId, ToldStop>> {
  const reached = (at: keyof typeof before) =>
    Object.fromEntries(before[at].map((id) => [id, id === 'tls' && isPlain ? noTls : passed]))
  const answerer: ToldStop =
    through === undefined
      ? { ...unknown, whole: 'What answered, a proxy or the server, is not known from this text' }
      : { state: 'passed', says: through }
  const refused = (says: string, whole?: string) => ({
    ...reached('upgrade'),
    proxy: answerer,
    upgrade: { state: 'broken', says, ...(whole !== undefined && { whole }) } as const,
  })
  const opened = { ...reached('upgrade'), upgrade: passed }
  const broken = (says: string) => ({ state: 'broken', says }) as const
  switch (kind) {
    case 'blocked':
      return { browser: broken('blocked') }
    case 'dns':
      return { dns: broken('failed') }
    case 'tcp':
      return { ...reached('tcp'), tcp: broken('failed') }
    case 'tls':
      return { ...reached('tls'), tls: broken('failed') }
    case 'unanswered':
      return { dns: passed, tcp: passed, upgrade: broken('no answer') }
    case 'answered':
      return refused(status === undefined ? 'refused' : String(status))
    case 'refused':
      return refused('refused', 'The text does not say with which status')
    case 'refused-101':
      return refused('101, invalid')
    case 'dropped':
    case 'given-up':
    case 'broken':
      return { ...opened, close: broken(kind === 'given-up' ? 'given up' : 'dropped') }
    case 'violated':
      return { ...opened, frames: broken('invalid') }
    case 'closed':
      return { ...opened, close: code === 1000 ? { state: 'passed', says: '1000' } : broken(String(code)) }
    case 'opened':
    case 'open':
      return opened
    default:
      return {}
  }
}

const noTls: ToldStop = { state: 'skipped', says: 'none' }
