import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { httpTextAt } from '#lib/intake/http-text.ts'
import { Lines } from '#lib/intake/lines.ts'

const read = (...lines: string[]) => httpTextAt(Lines.of(lines.join('\n')), 0)

describe('a handshake as a network panel shows it', () => {
  const summary = ['Request URL: wss://a.example/ws?x=1', 'Request Method: GET', 'Status Code: 403 Forbidden']
  const asked = ['Upgrade: websocket', 'Connection: Upgrade', 'Origin: https://a.example']

  it('has each header on its side, whichever comes first', () => {
    const request = ['Request Headers', ...asked]
    const response = ['Response Headers (120 B)', 'Server: uvicorn']
    for (const sections of [
      [...request, ...response],
      [...response, '', ...request],
    ]) {
      const panel = read('Handshake Details', ...summary, ...sections, 'and what somebody wrote below')
      assert.equal(panel?.url, 'wss://a.example/ws?x=1')
      assert.deepEqual(panel?.response, {
        status: 403,
        status_text: 'Forbidden',
        headers: [['Server', 'uvicorn']],
      })
      assert.deepEqual(panel?.request?.target, '/ws?x=1')
      assert.deepEqual(panel?.request?.headers.at(-1), ['Host', 'a.example'])
      assert.equal(panel?.end, 1 + summary.length + sections.length)
    }
  })

  it('reads name and value on two lines', () => {
    const panel = read(
      'Request URL:',
      'https://a.example/ws',
      'Status Code:',
      '502 Bad Gateway',
      'Response Headers',
      'server:',
      'nginx',
    )
    assert.deepEqual(panel?.response?.headers, [['server', 'nginx']])
    assert.equal(panel?.url, 'wss://a.example/ws')
  })

  it('reads them without colons, as newer panels copy them', () => {
    const panel = read(
      'Request URL',
      'wss://a.example/ws',
      'Request Method',
      'GET',
      'Status Code',
      '403 Forbidden',
      'Response Headers',
      'server',
      'nginx',
      'date',
      'Wed, 01 May 2024 10:00:00 GMT',
    )
    assert.equal(panel?.response?.status, 403)
    assert.deepEqual(
      panel?.response?.headers?.map(([name]) => name),
      ['server', 'date'],
    )
  })

  it('says nothing of a request whose headers the browser kept to itself', () => {
    const panel = read(...summary, 'Request Headers', 'Provisional headers are shown', 'User-Agent: x')
    assert.equal(panel?.request, undefined)
  })

  it('takes headers without a title for the answer’s', () => {
    assert.deepEqual(read(...summary, 'Server: nginx')?.response?.headers, [['Server', 'nginx']])
  })

  it('is none without a status', () => {
    assert.equal(read('Request URL: wss://a.example/ws', 'Request Method: GET', 'so it goes'), undefined)
  })
})

describe('what follows the output of curl', () => {
  const exchange = (status: string, ...below: string[]) =>
    read(
      '> GET /ws HTTP/1.1',
      '> Host: a.example',
      '> Upgrade: websocket',
      '>',
      `< HTTP/1.1 ${status}`,
      ...below,
    )
  const LOG = '2026/11/30 10:01:12 [error] 31#31: *4 connect() failed (111: Connection refused)'

  it('is the body, up to where curl ends', () => {
    const page = ['< Server: nginx', '<', '<html>', '', '</html>']
    const left = '* Connection #0 to host a.example left intact'
    const { end, response } = exchange('502 Bad Gateway', ...page, left, '', 'socket closed 1006') ?? {}
    assert.deepEqual([end, response?.body_start], [12, '<html>\n</html>'])
  })

  it('may begin with what curl marks lines by', () => {
    for (const body of ['{"code":3,"message":"Bad request"}', '<h1>', '}', '>x']) {
      const progress = ['<', '{ [38 bytes data]', body, '* Closing connection']
      assert.equal(exchange('400 Bad Request', ...progress)?.response?.body_start, body)
    }
  })

  for (const next of [LOG, '$ tail error.log', '[2026-11-30 10:00:00] ws open', '10:01:00 ws open']) {
    it(`is not “${next}”`, () => {
      const { end, response } = exchange('502 Bad Gateway', '<', '<html></html>', '', next) ?? {}
      assert.deepEqual([end, response?.body_start], [8, '<html></html>'])
      const copied = read('HTTP/1.1 502 Bad Gateway', 'Server: nginx', '', '<html></html>', next)
      assert.deepEqual([copied?.end, copied?.response?.body_start], [4, '<html></html>'])
    })
  }

  it('is nothing of a 101', () => {
    const { end, response } =
      exchange('101 Switching Protocols', '< Upgrade: websocket', '<', '', 'ws open') ?? {}
    assert.deepEqual([end, response?.body_start], [8, undefined])
    assert.equal(read('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', '', 'ws open')?.end, 2)
  })
})
