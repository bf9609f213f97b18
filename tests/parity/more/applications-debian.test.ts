/** The probe and the judge against what people run: real servers of Debian, healthy and with the faults that they have. */
import { describe } from 'node:test'
import { asgiServers } from '#tests/parity/debian/asgi.ts'
import { brokerServers } from '#tests/parity/debian/brokers.ts'
import { goServers } from '#tests/parity/debian/go.ts'
import { presentServers } from '#tests/parity/debian/present.ts'
import { proxyServers } from '#tests/parity/debian/proxies.ts'
import { pythonServers } from '#tests/parity/debian/python.ts'
import { otherServers } from '#tests/parity/debian/ruby-perl.ts'
import { wsgiServers } from '#tests/parity/debian/wsgi.ts'
import { findProxy, installPackages } from '#tests/parity/support/packages.ts'
import { testServed } from '#tests/parity/support/served.ts'

/** Large ones (Jupyter, Cockpit, Mopidy, uWSGI, Ruby's and Perl's) are asked where they are installed already. */
const PACKAGES = [
  ...['mosquitto', 'nats-server', 'prosody', 'websockify'],
  ...['varnish', 'gcc', 'squid', 'lighttpd', 'h2o', 'tinyproxy', 'nghttp2-proxy'],
  ...['uvicorn', 'python3-fastapi', 'python3-websockets', 'python3-wsproto', 'python3-hypercorn'],
  ...['daphne', 'python3-django-channels', 'python3-autobahn'],
  ...['gunicorn', 'python3-flask', 'python3-waitress', 'python3-flask-socketio'],
  ...['python3-aiohttp', 'python3-tornado', 'python3-eventlet', 'python3-gevent-websocket'],
  ...['golang-go', 'golang-github-gorilla-websocket-dev', 'golang-golang-x-net-dev'],
  'golang-nhooyr-websocket-dev',
]

/** A machine that runs several servers at once is slow, and no silence is a finding for that. */
const asTheProduct = { retryBudget: { stageMs: 4000, runMs: 20_000 } }

for (const proxy of ['nginx', 'haproxy', 'apache2', 'caddy'] as const) await findProxy(proxy)
const problem = await installPackages(PACKAGES)

describe('parity with servers of Debian', { concurrency: 4 }, () => {
  const all = [
    ...[goServers, asgiServers, wsgiServers, pythonServers, brokerServers],
    ...[otherServers, presentServers, proxyServers],
  ]
  for (const served of all.flat()) testServed(served, asTheProduct, problem)
})
