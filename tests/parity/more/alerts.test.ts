/** The rules for alerts, by Prometheus’ own tool. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { installPackages } from '#tests/parity/support/packages.ts'

const run = promisify(execFile)
const promtool = '/usr/bin/promtool'
const problem = existsSync(promtool) ? undefined : await installPackages(['prometheus'])
const skip = existsSync(promtool) ? false : `no promtool: ${problem}`
const rules = fileURLToPath(new URL('../../../server/metrics/alerts.yml', import.meta.url))

describe('alerts', { skip }, () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'why1006-alerts-'))
  })
  after(() => rm(folder, { recursive: true }))

  it('are rules that Prometheus takes', async () => {
    const { stdout } = await run(promtool, ['check', 'rules', rules])
    assert.match(stdout, /SUCCESS: \d+ rules found/)
  })

  it('fire where they should, and nowhere else', async () => {
    const file = path.join(folder, 'tests.yml')
    await writeFile(file, unitTests)
    await run(promtool, ['test', 'rules', file])
  })
})

/** A quarter of the ends of `chat` are drops, none of those of `feed`; `a` is nearly full, and its Redis is away. */
const unitTests = `
rule_files: [${JSON.stringify(rules)}]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - series: 'why1006_connections_closed_total{server="chat",code="1006",initiator="network"}'
        values: 0+30x40
      - series: 'why1006_connections_closed_total{server="chat",code="1000",initiator="client"}'
        values: 0+90x40
      - series: 'why1006_connections_closed_total{server="feed",code="1000",initiator="client"}'
        values: 0+90x40
      - series: 'why1006_handshakes_rejected_total{server="chat",reason="origin"}'
        values: 0+60x40
      - series: 'why1006_handshakes_rejected_total{server="feed",reason="origin"}'
        values: 0+1x40
      - series: 'why1006_connections_opened_total{server="chat"}'
        values: 0+120x40
      - series: 'why1006_connections_opened_total{server="feed"}'
        values: 0+90x40
      - series: 'why1006_connections_open{instance="a",endpoint="/ws"}'
        values: 950x40
      - series: 'why1006_connections_limit{instance="a"}'
        values: 1000x40
      - series: 'why1006_connections_open{instance="b",endpoint="/ws"}'
        values: 500x40
      - series: 'why1006_connections_limit{instance="b"}'
        values: 1000x40
      - series: 'why1006_journal_up{instance="a"}'
        values: 0x40
      - series: 'why1006_journal_up{instance="b"}'
        values: 1x40
    alert_rule_test:
      - eval_time: 35m
        alertname: WebSocketsDropWithoutCloseFrame
        exp_alerts:
          - exp_labels: { severity: warning, server: chat }
            exp_annotations:
              summary: "chat: more than 20% of its connections end with 1006"
              description: Open /events with code:1006. The histograms of silence and age tell an idle timer from a maximum age and from a deploy.
      - eval_time: 35m
        alertname: WebSocketHandshakesRejected
        exp_alerts:
          - exp_labels: { severity: warning, server: chat, reason: origin }
            exp_annotations: { summary: "chat rejects handshakes: origin" }
      - eval_time: 35m
        alertname: WebSocketsNearLimit
        exp_alerts:
          - exp_labels: { severity: critical, instance: a }
            exp_annotations: { summary: "a holds more than 90% of WS_MAX_CONNECTIONS" }
      - eval_time: 35m
        alertname: JournalNotWritten
        exp_alerts:
          - exp_labels: { severity: critical, instance: a }
            exp_annotations:
              summary: "a keeps new events in memory: its disk or its Redis does not take them"
`
