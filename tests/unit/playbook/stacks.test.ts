import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { readBrought } from '#lib/intake/read.ts'
import { generalFix } from '#lib/playbook/article.ts'
import { catalogue } from '#lib/playbook/catalogue.ts'
import { applyingOf, endOfChange, isCommand, stackName, stackOf } from '#lib/text/stack-names.ts'

const refusal =
  "WebSocket connection to 'wss://board.test/live' failed: Error during WebSocket handshake: Unexpected response code: 426"
const nginx = 'server {\n  listen 80;\n  location / {\n    proxy_pass http://10.0.0.7:3000;\n  }\n}'

const fixOf = (text: string) => {
  const { verdicts } = diagnose(readBrought([{ file: 'paste', text }]).evidence)
  return verdicts[0]?.fix
}

test('the program that the evidence shows is marked, and those for others stand beside', () => {
  const fix = fixOf(`${refusal}\n\n${nginx}`)
  assert.deepEqual(
    fix?.changes.filter(({ program }) => program === 'nginx').map(({ seen }) => seen),
    [true],
  )
  // In the reader's own file, with its own lines and numbers.
  assert.deepEqual(
    fix?.changes[0]?.diff?.map(({ number, sign }) => `${number ?? ''}${sign}`),
    ['3 ', '4 ', '+', '+', '+', '5 ', '6 '],
  )
  const others = fix?.others?.map(stackOf) ?? []
  assert.ok(others.includes('apache') && others.includes('envoy'))
  assert.ok(!others.includes('nginx') && !others.includes('this-server'))
})

test('where nothing of an end is known, no program is marked and none is set aside', () => {
  const changes = fixOf(refusal)?.changes ?? []
  const proxies = changes.filter((change) => endOfChange(change) === 'proxy')
  assert.ok(proxies.length > 1)
  assert.ok(proxies.every(({ seen }) => seen === undefined))
})

test('only the first verdict carries changes for other programs', () => {
  for (const { verdicts } of [refusal, 'WebSocket closed: 1006'].map((text) =>
    diagnose(readBrought([{ file: 'paste', text: `${text}\n${nginx}` }]).evidence),
  ))
    for (const { fix } of verdicts.slice(1)) assert.equal(fix.others, undefined)
})

test('every change of the catalogue has a stack with a name, and says how it comes into effect', () => {
  for (const change of catalogue.flatMap((cause) => generalFix(cause).changes)) {
    const stack = stackOf(change)
    // Programs that are called as they are named in the list are written in lower case by their owners.
    assert.match(
      stackName(stack),
      /^(?:[A-Z.]|nginx|lighttpd|aiohttp|webpack|certbot|graphql-ws|http-proxy-middleware)/,
      stack,
    )
    assert.equal(applyingOf(change) === undefined, isCommand(change), change.where)
  }
})

test('a timer that is as long as a fix would make it, or longer, is left as it is', () => {
  const fixAt = (value: string) =>
    fixOf(
      `location /live {\n  proxy_pass http://10.0.0.7:3000;\n  proxy_http_version 1.1;\n  proxy_set_header Upgrade $http_upgrade;\n  proxy_set_header Connection upgrade;\n  proxy_read_timeout ${value};\n}\n2026/11/03 04:20:51 [error] 7#7: *91 upstream timed out (110: Connection timed out) while proxying upgraded connection, client: 10.0.0.4, server: , request: "GET /live HTTP/1.1", upstream: "http://10.0.0.7:3000/live", host: "board.test"`,
    )
  for (const value of ['3600s', '60m', '1h', '1d']) {
    const fix = fixAt(value)
    assert.match(fix?.summary ?? '', new RegExp(`heartbeat.*proxy_read_timeout ${value} is long already`))
    const changes = [...(fix?.changes ?? []), ...(fix?.others ?? [])]
    assert.ok(changes.every((change) => endOfChange(change) !== 'proxy'))
  }
  assert.ok(fixAt('90s')?.changes[0]?.diff?.some(({ sign, text }) => sign === '+' && text.includes('1h')))
})
