import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { copyAs, copyLabels, copyTools } from '#lib/text/copy-as.ts'
import { python as pythonCode } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'
import { runs } from '#tests/sampling.ts'

/** Runs it in a real shell in which the program is a function that prints its arguments. */
function wordsOf(command: string): string[] {
  const program = command.split(' ', 1)[0]
  const script = `${program}() { for word; do printf '%s\\0' "$word"; done; }\n${command}\n`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

const hostile = "ws://localhost:9000/ws?a=';touch$IFS/tmp/x;'&b=`id`&c=$(id)&d=\\\"!#"
const url = 'ws://localhost:9000/ws/echo?a=1&b=[2]'

describe('copy as', () => {
  it('passes any word through a shell unchanged', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0')),
        (word) => {
          assert.deepEqual(wordsOf(`printer ${shell.word(word)}`), [word])
        },
      ),
      { numRuns: runs(40, 10) },
    )
  })

  it('writes commands from which a hostile URL cannot break out', () => {
    const { href } = new URL(hostile)
    const source = { url: hostile, subprotocols: ["a'b", '$(id)'], origin: 'http://x`id`' }
    assert.deepEqual(wordsOf(copyAs('wscat', source)), [
      `--connect=${href}`,
      "--subprotocol=a'b",
      '--subprotocol=$(id)',
      '--origin=http://x`id`',
      '--show-ping-pong',
    ])
    assert.deepEqual(wordsOf(copyAs('websocat', source)), [
      '--verbose',
      "--protocol=a'b, $(id)",
      '--origin=http://x`id`',
      href,
    ])
    assert.equal(wordsOf(copyAs('curl', source)).at(-1), href.replace('ws:', 'http:'))
  })

  it('writes a curl that can get a 101: HTTP/1.1, both headers, key and version', () => {
    assert.deepEqual(
      wordsOf(copyAs('curl', { url, subprotocols: ['a', 'b'], origin: 'http://localhost:9000' })),
      [
        '--http1.1',
        '--include',
        '--no-buffer',
        '--globoff',
        '--header',
        'Connection: Upgrade',
        '--header',
        'Upgrade: websocket',
        '--header',
        'Sec-WebSocket-Version: 13',
        '--header',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        '--header',
        'Sec-WebSocket-Protocol: a, b',
        '--header',
        'Origin: http://localhost:9000',
        'http://localhost:9000/ws/echo?a=1&b=[2]',
      ],
    )
    assert.match(copyAs('curl', { url: 'wss://example.org/' }), /https:\/\/example\.org\//)
  })

  it('writes JavaScript that opens the same connection', () => {
    const opened: unknown[][] = []
    class Socket {
      constructor(...parameters: unknown[]) {
        opened.push(parameters)
      }
    }
    const run = new Function('WebSocket', copyAs('console', { url: hostile, subprotocols: ['"'] }))
    run(Socket)
    new Function('WebSocket', copyAs('console', { url }))(Socket)
    assert.deepEqual(opened, [[new URL(hostile).href, ['"']], [url]])
  })

  it('writes Python that compiles and names the same URL', (context) => {
    const source = copyAs('python', { url: hostile, subprotocols: ['a"b'], origin: 'http://ü' })
    const check =
      'import ast,sys; print([n.value for n in ast.walk(ast.parse(sys.stdin.read())) if isinstance(n, ast.Constant)])'
    const python = spawnSync('python3', ['-c', check], { input: source, encoding: 'utf8' })
    if (python.error !== undefined) return context.skip('no python3 on this machine')
    assert.equal(python.status, 0, python.stderr)
    assert.ok(source.includes(pythonCode.string(new URL(hostile).href)))
    assert.match(python.stdout, /'a"b'/)
  })

  it('leaves out what was not asked for', () => {
    for (const tool of copyTools)
      assert.doesNotMatch(copyAs(tool, { url }), /origin|Sec-WebSocket-Protocol|subprotocols=/i)
  })

  it('writes nothing for what is no WebSocket URL', () => {
    for (const bad of ['http://a/', 'javascript:alert(1)', 'no url']) {
      assert.throws(() => copyAs('curl', { url: bad }), TypeError)
    }
  })

  it('has a label for every tool', () => {
    assert.deepEqual(Object.keys(copyLabels), [...copyTools])
  })
})
