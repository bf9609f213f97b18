import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Config, readConfig } from '#server/config/config.ts'
import { createSite } from '#server/config/site.ts'

type Environment = Record<string, string>

function configOf(environment: Environment): Config {
  const result = readConfig(environment)
  assert.ok(result.ok, result.ok ? '' : result.problems.join('\n'))
  return result.config
}

function problemsOf(environment: Environment): readonly string[] {
  const result = readConfig(environment)
  assert.equal(result.ok, false, `${JSON.stringify(environment)} was taken`)
  return result.ok ? [] : result.problems
}

test('an empty environment gives the defaults of the contract', () => {
  const config = configOf({})
  assert.equal(config.port, 9000)
  assert.equal(config.host, 'localhost')
  assert.equal(config.pingIntervalSeconds, 30)
  assert.equal(config.pingTimeoutSeconds, 10)
  assert.equal(config.originRejection, 403)
  assert.equal(config.maxPayloadBytes, 1_048_576)
  assert.deepEqual(config.allowedOrigins, [
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://localhost:8080',
    'http://127.0.0.1:8080',
  ])
})

test('the public URLs follow the port that was bound', () => {
  const site = createSite(configOf({ PORT: '0' }), 41234)
  assert.equal(site.publicBaseUrl, 'http://localhost:41234')
  assert.equal(site.wsPublicUrl, 'ws://localhost:41234/ws')
})

test('blank values count as not given, an empty list of origins is a wish', () => {
  assert.equal(configOf({ PORT: ' ', WS_PING_INTERVAL: '' }).port, 9000)
  assert.deepEqual(configOf({ ALLOWED_ORIGINS: '' }).allowedOrigins, [])
})

test('without a timeout it is 10 s, or half of an interval below 20 s', () => {
  assert.equal(configOf({ WS_PING_INTERVAL: '25' }).pingTimeoutSeconds, 10)
  assert.equal(configOf({ WS_PING_INTERVAL: '4' }).pingTimeoutSeconds, 2)
})

test('a timeout below the interval is taken, one that reaches it is refused', () => {
  assert.equal(configOf({ WS_PING_INTERVAL: '1', WS_PING_TIMEOUT: '.9' }).pingTimeoutSeconds, 0.9)
  for (const timeout of ['1', '1.5']) {
    const [problem = '', ...others] = problemsOf({ WS_PING_INTERVAL: '1', WS_PING_TIMEOUT: timeout })
    assert.equal(others.length, 0)
    assert.match(problem, new RegExp(`^WS_PING_TIMEOUT="${timeout}" .*below WS_PING_INTERVAL \\(1\\)`))
  }
})

for (const [name, values] of Object.entries({
  PORT: ['http', '-1', '65536', '80.5'],
  WS_PING_INTERVAL: ['0', '-3', 'soon', 'Infinity'],
  WS_PING_TIMEOUT: ['0', '-1', '5s'],
  PUBLIC_BASE_URL: ['localhost:9000', 'ws://localhost:9000', '/here'],
  WS_PUBLIC_URL: ['http://localhost:9000/ws', 'ws'],
  WS_ORIGIN_REJECTION: ['1006', 'no'],
  WS_MAX_PAYLOAD: ['0', '1MB', '-1'],
  LOG_FORMAT: ['xml'],
  ACCESS_TOKEN: ['short', 'with a blank in its middle', 'x'.repeat(257)],
  TRUSTED_PROXIES: ['proxy.internal', '10.0.0.0/33'],
})) {
  test(`${name} that does not parse is one line with the name, the value and what is allowed`, () => {
    for (const value of values) {
      const [problem = '', ...others] = problemsOf({ [name]: value })
      assert.deepEqual(others, [])
      assert.ok(problem.startsWith(`${name}=${JSON.stringify(value)} is not allowed. Allowed: `), problem)
      assert.doesNotMatch(problem, /\n/)
    }
  })
}

test('every problem is told, not only the first', () => {
  const problems = problemsOf({ PORT: 'x', WS_PING_INTERVAL: 'y', WS_MAX_PAYLOAD: 'z' })
  assert.deepEqual(
    problems.map((problem) => problem.split('=', 1)[0]),
    ['WS_PING_INTERVAL', 'PORT', 'WS_MAX_PAYLOAD'],
  )
})

test('a timeout that reaches the interval is told beside other problems, not beside one of the interval', () => {
  const names = (environment: Environment) =>
    problemsOf(environment).map((problem) => problem.split('=', 1)[0])
  const timeout = { WS_PING_TIMEOUT: '2' }
  assert.deepEqual(names({ ...timeout, WS_PING_INTERVAL: '1', PORT: 'x' }), ['PORT', 'WS_PING_TIMEOUT'])
  assert.deepEqual(names({ ...timeout, WS_PING_INTERVAL: '0' }), ['WS_PING_INTERVAL'])
})

test('each item of a list is judged alone', () => {
  const problems = problemsOf({
    ALLOWED_ORIGINS: 'http://a.example, *, b',
    ALLOWED_HOSTS: 'devbox,devbox:80',
  })
  assert.deepEqual(
    problems.map((problem) => problem.split(' is not allowed', 1)[0]),
    ['ALLOWED_ORIGINS="*"', 'ALLOWED_ORIGINS="b"', 'ALLOWED_HOSTS="devbox:80"'],
  )
})

test('JOURNAL may be the URL of a Redis or Valkey, with user, database and a prefix for its keys', () => {
  const redisOf = (JOURNAL: string) => configOf({ JOURNAL }).journal
  for (const [given, url, prefix] of [
    ['redis://cache:6379', 'redis://cache:6379', 'why1006'],
    ['valkey://cache', 'redis://cache', 'why1006'],
    ['valkeys://u:p%40@cache:6380/2?prefix=staging:ws', 'rediss://u:p%40@cache:6380/2', 'staging:ws'],
    ['rediss://[::1]:7000/', 'rediss://[::1]:7000/', 'why1006'],
  ] as const) {
    assert.deepEqual(redisOf(given), { redis: { url, prefix } }, given)
  }
})

test('what is no such URL is refused, and its password is not repeated', () => {
  for (const JOURNAL of [
    'redis://',
    'redis:cache',
    'redis://u:hunter2@cache/x',
    'redis://u:hunter2@cache?prefix=a%20b',
    'redis://u:hunter2@cache?db=1',
    'http://cache',
  ]) {
    const [problem = ''] = problemsOf({ JOURNAL })
    assert.match(problem, /Allowed: memory, sqlite, .*redis:\/\//, JOURNAL)
    assert.doesNotMatch(problem, /hunter2/)
  }
})

test('a value with a line break makes no second line', () => {
  const [problem = ''] = problemsOf({ PORT: '1\nPORT="2" is fine' })
  assert.doesNotMatch(problem, /\n/)
})

test('the wildcard origin is refused with the reason', () => {
  const [problem = ''] = problemsOf({ ALLOWED_ORIGINS: 'http://localhost:3000,*' })
  assert.match(problem, /^ALLOWED_ORIGINS="\*".*every web page/)
})

for (const origin of ['null', 'https://*.example.com/x', 'localhost:3000', 'ws://localhost:3000']) {
  test(`${origin} is no origin`, () => {
    assert.match(problemsOf({ ALLOWED_ORIGINS: origin })[0] ?? '', /^ALLOWED_ORIGINS=/)
  })
}

test('origins take the form that browsers send', () => {
  const { allowedOrigins } = configOf({
    ALLOWED_ORIGINS: ' HTTPS://App.Example:443/ , http://localhost:80, chrome-extension://abc',
  })
  assert.deepEqual(allowedOrigins, ['https://app.example', 'http://localhost', 'chrome-extension://abc'])
})

for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '::1', '[::1]']) {
  test(`HOST=${host} is loopback and taken`, () => {
    assert.equal(configOf({ HOST: host }).host, host.replace(/[[\]]/g, ''))
  })
}

for (const host of ['0.0.0.0', '::', '192.168.1.4', '[fd00::4]']) {
  test(`HOST=${host} is beyond loopback and taken`, () => {
    assert.equal(configOf({ HOST: host }).host, host.replace(/[[\]]/g, ''))
  })
}

for (const host of ['devbox.internal', '127.0.0.1.example.com', '10.0.0', '*']) {
  test(`HOST=${host} is not an address and is refused`, () => {
    assert.match(problemsOf({ HOST: host })[0] ?? '', /^HOST=.*an address of this machine/)
  })
}
