import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { observations } from '#lib/diagnosis/observations.ts'
import { faultIds } from '#lib/lab/faults.ts'
import { generalFix } from '#lib/playbook/article.ts'
import { catalogue } from '#lib/playbook/catalogue.ts'
import { isUntried } from '#lib/text/fix.ts'

const FOLDER = new URL('../../../lib/playbook/causes/', import.meta.url)
const MOST_WORDS = 400

const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length

describe('the catalogue', () => {
  it('lists exactly the files of its folder', () => {
    const files = readdirSync(FOLDER).map((name) => name.replace(/\.ts$/, ''))
    assert.deepEqual(catalogue.map(({ id }) => id).sort(), files.sort())
  })

  for (const cause of catalogue) {
    it(`tells ${cause.id} whole: symptom, article with sources, fix`, () => {
      const { explain, title, symptom, endings, needs } = cause
      for (const text of [title, symptom, explain.wire, explain.browser, explain.sure])
        assert.ok(text.length > 0)
      assert.ok(explain.sources.every(({ url, title: name }) => URL.canParse(url) && name.length > 0))
      assert.ok(explain.sources.length > 0 && endings.length > 0 && needs.length > 0)
      const fix = generalFix(cause)
      const text = [
        explain.wire,
        explain.browser,
        explain.sure,
        fix.summary,
        ...fix.changes.map((c) => c.text),
      ].join(' ')
      assert.ok(wordsIn(text) < MOST_WORDS, `${wordsIn(text)} words`)
      assert.doesNotMatch(text, /undefined|NaN|\[object/)
      assert.ok(fix.summary.length > 0 && fix.changes.length > 0)
    })
  }

  it('marks as not tried what no program of Debian can check, and nothing else', () => {
    const untried = catalogue
      .flatMap((cause) => generalFix(cause).changes)
      .filter(isUntried)
      .map(({ where }) => where)
    assert.deepEqual([...new Set(untried)].sort(), [
      '.NET client',
      'ASP.NET Core',
      'ASP.NET Core, before the endpoints',
      'AWS load balancer (4000 s at most)',
      'AWS load balancer, target group',
      'An ASGI server, for an application that is ASGI or has an ASGI entry',
      'Browser: a private window, in which extensions are off',
      'Caddy 2.7 or later, reverse_proxy',
      'Caddy 2.7 or later, reverse_proxy: no limit',
      'Caddy: reverse_proxy passes upgrades on, without a header_up that removes them',
      'Centrifugo, config.json (in version 6 within "client")',
      'Certbot',
      'Chromium, site settings',
      'Cloud Run (60 min at most)',
      'Cockpit, /etc/cockpit/cockpit.conf',
      'Debian or Ubuntu',
      'Envoy, http_connection_manager',
      'Go (coder/websocket)',
      'Go (gorilla)',
      'Go client (gorilla)',
      'Go server',
      'Go server (coder/websocket)',
      'Google Cloud load balancer (one day)',
      'Grafana, grafana.ini: its own address as pages have it, or a list of further origins',
      'Jakarta WebSocket session: longer than your longest silence, in milliseconds',
      'Java client (java.net.http)',
      'Java server: on the method that receives',
      'Jetty server: its own idle timeout, longer than your longest silence',
      'Mattermost, config.json, ServiceSettings: its own address, or a list of further origins',
      'NATS server, websocket {}',
      'Phoenix, endpoint',
      'Rails, ActionCable',
      'Rails, routes',
      'Socket.IO client, in the version of your server',
      'Spring with STOMP, configureWebSocketTransport',
      'Spring, WebSocketConfigurer',
      'Spring, configureWebSocketTransport: how much may wait for a slow client, and how long a send may take',
      'Spring, with spring-boot-starter-websocket on the class path',
      'Traefik: a router without the middleware that changes Connection or Upgrade',
      'Where a Node client starts, with the root of the authority',
      'Where a Python client starts, with the root of the authority',
      'code-server, config.yaml',
      'gunicorn, with a worker that speaks ASGI',
      'uvicorn',
      'uvicorn, with its WebSocket library',
      'uvicorn: seconds that a pong may take',
    ])
  })

  it('names faults of the lab and observations that exist', () => {
    const known = new Set<string>(faultIds)
    for (const { id, reproduce, needs } of catalogue) {
      assert.ok(reproduce === null || known.has(reproduce), `${id} names the fault ${reproduce}`)
      for (const need of needs) assert.ok(observations.includes(need), `${id} needs ${need}`)
    }
  })
})
