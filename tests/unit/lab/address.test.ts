import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { labPath, readKnobs, readLabAddress } from '#lib/lab/address.ts'
import { faultIds, faultOf } from '#lib/lab/faults.ts'

const endpoints = ['/ws', '/ws/health', '/ws/diagnostics']
const parametersOf = (endpoint: string) =>
  endpoint === '/ws/diagnostics' ? ['trace', 'kinds'] : ['trace', 'ping_interval']

const read = (target: string) => {
  const [path = '', search = ''] = target.split('?', 2)
  return readLabAddress(path, new URLSearchParams(search), endpoints, parametersOf)
}
const problem = (target: string) => {
  const reading = read(target)
  assert.ok(!reading.ok)
  return reading.problems[0]
}

test('reads fault, knobs and endpoint, and leaves the endpoint its own parameters', () => {
  const reading = read('/lab/idle-timeout/ws/health?trace=t&after_seconds=2.5&ping_interval=9')
  assert.ok(reading.ok)
  assert.deepEqual(reading.address, {
    call: { fault: 'idle-timeout', knobs: { after_seconds: 2.5, end: 'fin' } },
    endpoint: '/ws/health',
    search: '?trace=t&ping_interval=9',
  })
})

test('an endpoint without a query is asked without a question mark', () => {
  const reading = read('/lab/reset/ws?after_seconds=1')
  assert.ok(reading.ok)
  assert.equal(reading.address.search, '')
})

test('a parameter passes only to the endpoint that takes it', () => {
  assert.ok(read('/lab/reset/ws/diagnostics?kinds=attempt').ok)
  assert.equal(problem('/lab/reset/ws?kinds=attempt')?.code, 'unknown-knob')
})

test('names all problems at once, and what would have been right', () => {
  const reading = read('/lab/latency/ws?delay_ms=1.5&speed=3')
  assert.ok(!reading.ok)
  assert.deepEqual(
    reading.problems.map(({ code, message }) => [code, message]),
    [
      ['unknown-knob', 'latency has no knob "speed", and the endpoint takes no such parameter'],
      ['bad-knob', 'delay_ms="1.5" is not allowed'],
    ],
  )
  assert.deepEqual(reading.problems[1]?.allowed, ['delay_ms: a whole number, 0 to 10000 milliseconds'])
})

test('a fault that is put right passes everything on, under its own address', () => {
  const reading = read('/lab/origin-rejected/ws/health?answer=1008&fixed=yes&trace=t')
  assert.ok(reading.ok)
  assert.deepEqual(reading.address, {
    call: { fault: 'pass-through', knobs: {} },
    endpoint: '/ws/health',
    search: '?trace=t',
  })
  const broken = read('/lab/reset/ws?fixed=no')
  assert.ok(broken.ok)
  assert.equal(broken.address.call.fault, 'reset')
  assert.equal(problem('/lab/reset/ws?fixed=yes&after_seconds=-1')?.code, 'bad-knob')
  assert.equal(problem('/lab/reset/ws?fixed=perhaps')?.code, 'bad-knob')
})

test('a reason is measured in bytes of UTF-8, as the frame holds it', () => {
  assert.ok(read(`/lab/close/ws?reason=${encodeURIComponent('ä'.repeat(61))}`).ok)
  assert.equal(problem(`/lab/close/ws?reason=${encodeURIComponent('ä'.repeat(62))}`)?.code, 'bad-knob')
})

test('a token takes no blank and no slash, and may be left out', () => {
  assert.ok(read('/lab/reload/ws').ok)
  assert.equal(problem('/lab/reload/ws?group=a%20b')?.code, 'bad-knob')
  assert.equal(problem('/lab/reload/ws?group=')?.code, 'bad-knob')
})

test('every address that is built from a definition is read back as the same', () => {
  for (const fault of faultIds) {
    const { knobs, open } = faultOf(fault)
    const given = Object.entries(knobs).filter(([, knob]) => knob.default !== '')
    const values = Object.fromEntries(given.map(([name, knob]) => [name, knob.default]))
    const reading = readLabAddress(
      ...split(labPath(fault, open.endpoint, values, open.query)),
      endpoints,
      () => ['trace', 'ping_interval', 'ping_timeout'],
    )
    assert.ok(reading.ok, fault)
    assert.equal(reading.address.call.fault, fault)
    assert.deepEqual(Object.keys(reading.address.call.knobs), Object.keys(knobs))
  }
})

test('whatever is asked for gets an answer, and a number that is read is within its bounds', () => {
  fc.assert(
    fc.property(fc.constantFrom(...faultIds), fc.string(), fc.string(), (fault, name, value) => {
      const names = [name, ...Object.keys(faultOf(fault).knobs)]
      for (const each of names) readKnobs(fault, new URLSearchParams([[each, value]]))
    }),
  )
  fc.assert(
    fc.property(fc.double(), (value) => {
      const reading = readKnobs('idle-timeout', new URLSearchParams({ after_seconds: String(value) }))
      if (!reading.ok || reading.call.fault !== 'idle-timeout') return
      assert.ok(reading.call.knobs.after_seconds >= 0.1 && reading.call.knobs.after_seconds <= 3600)
    }),
  )
})

function split(target: string): [path: string, query: URLSearchParams] {
  const [path = '', search = ''] = target.split('?', 2)
  return [path, new URLSearchParams(search)]
}
