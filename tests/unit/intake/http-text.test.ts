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
