import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { commandsFor, type PlaybookCommand } from '#lib/checklist/commands.ts'

const commandOf = (url: string, id: string): PlaybookCommand => {
  const found = commandsFor({ url }).find((command) => command.id === id)
  assert.ok(found, id)
  return found
}

test('every command has an id of its own, and says what a good answer is', () => {
  const commands = commandsFor({ url: 'wss://app.example/ws' })
  assert.equal(new Set(commands.map(({ id }) => id)).size, commands.length)
  for (const { id, says, title } of commands) assert.ok(says.length > 20 && title.length > 2, id)
})

test('nothing but a WebSocket URL becomes a command', () => {
  for (const url of ['http://app.example/', 'ws', 'javascript:alert(1)', '']) {
    assert.throws(() => commandsFor({ url }), TypeError)
  }
})

test('the handshake by curl has what RFC 6455 §4.2.1 asks for', () => {
  const { text } = commandOf('wss://app.example/ws', 'curl')
  for (const part of [
    '--http1.1',
    'Sec-WebSocket-Key: ',
    'Sec-WebSocket-Version: 13',
    'https://app.example/ws',
  ])
    assert.ok(text.includes(part), part)
})

test('ports are the URL’s, or the scheme’s own', () => {
  assert.ok(commandOf('ws://app.example:9000/ws', 'listening-ss').text.includes("'sport = :9000'"))
  assert.ok(commandOf('ws://app.example/ws', 'port-nc').text.endsWith('app.example 80'))
  assert.ok(commandOf('wss://app.example/ws', 'port-nc').text.endsWith('app.example 443'))
  assert.ok(commandOf('ws://[::1]:9000/ws', 'port-nc').text.endsWith('::1 9000'))
})

test('a certificate is looked at where there is one', () => {
  const ids = (url: string) => commandsFor({ url }).map(({ id }) => id)
  assert.ok(ids('wss://app.example/').includes('certificate'))
  assert.ok(!ids('ws://app.example/').includes('certificate'))
})

test('a shell reads every command, and runs nothing that a URL brings', () => {
  const url = "ws://app.example:9000/a'b$(touch x)`id`;id&&id|id\\?q=$HOME'\"<>*"
  for (const { id, text, needs } of commandsFor({ url })) {
    if (needs.length === 0 || needs[0] === 'python3') continue
    execFileSync('bash', ['-n', '-c', text])
    const program = text.replace(/^sudo /gm, '').replace(/^(\S+)/, 'words')
    const words = execFileSync('bash', [
      '-c',
      `words() { printf '%s\\n' "$@"; }; ${program.split(/ [|<]|\n(?! {2})/)[0]}`,
    ])
    assert.ok(!/uid=\d/.test(words.toString()), id)
  }
})
