import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chartCsv } from '#components/live/heartbeats/chart-csv.ts'
import type { Sample } from '#lib/store/connection/samples.ts'

const AT = Date.parse('2026-11-30T02:00:00Z')

test('every sample of the window is a line, and a label is a cell whatever it holds', () => {
  const samples: Sample[] = [
    { kind: 'page-rtt', at: AT - 1, ms: 9 },
    { kind: 'page-rtt', at: AT, ms: 1.5, isWarmUp: true },
    { kind: 'server-rtt', at: AT + 10, ms: 2 },
    { kind: 'beat', at: AT + 20, behindMs: -3, late: false },
    { kind: 'close', at: AT + 30, code: 1006 },
    { kind: 'close', at: AT + 40, code: null },
    { kind: 'missed', at: AT + 999 },
  ]
  const csv = chartCsv([{ label: '=cmd("x"),\n/ws', samples }], { fromAt: AT, toAt: AT + 100 })
  const label = '"\'=cmd(""x""),\n/ws"'
  assert.deepEqual(csv.split('\r\n'), [
    'time,connection,what,ms',
    `2026-11-30T02:00:00.000Z,${label},"page-rtt, the first",1.5`,
    `2026-11-30T02:00:00.010Z,${label},server-rtt,2`,
    `2026-11-30T02:00:00.020Z,${label},beat,-3`,
    `2026-11-30T02:00:00.030Z,${label},close 1006,`,
    `2026-11-30T02:00:00.040Z,${label},close,`,
    '',
  ])
})
