import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readBrought } from '#lib/intake/read.ts'
import { timeAlone, tookMs } from '#lib/intake/times.ts'

const eventsOf = (text: string) =>
  readBrought([{ file: 'paste', text }]).evidence.client?.events?.map(({ ms, type }) => [type, ms])

const lost = 'Disconnected (code: 1006, reason: "")'
const opened = 'Connected (press CTRL+C to quit)'

describe('times on lines of their own', () => {
  it('before and after a transcript are those of its opening and of its end', () => {
    assert.deepEqual(
      eventsOf(`$ date +%T; wscat -c wss://a.example/; date +%T\n10:00:00\n${opened}\n${lost}\n10:01:40\n`),
      [
        ['open', 0],
        ['close', 100_000],
      ],
    )
  })

  it('of a call of date, where the prompt is copied too', () => {
    const text = `$ date\nWed May  1 10:00:00 UTC 2024\n$ wscat -c wss://a.example/\n${opened}\n${lost}\n$ date\nWed May  1 10:01:00 UTC 2024\n`
    assert.deepEqual(eventsOf(text), [
      ['open', 0],
      ['close', 60_000],
    ])
  })

  it('above each line, as chats and some consoles have them, are the times of the lines below', () => {
    assert.deepEqual(eventsOf(`10:00:00\n${opened}\n10:00:30\n${lost}\n10:02:00\nhello\n`), [
      ['open', 0],
      ['close', 30_000],
    ])
  })

  it('a time that another command printed later says nothing of the end', () => {
    assert.deepEqual(
      eventsOf(`10:00:00\n${opened}\n${lost}\n$ kubectl get pods; date +%T\n10:09:00\n`)?.at(-1),
      ['close', 0],
    )
  })

  it('the full seconds that a command ran are how long its connection lived: its start took the rest', () => {
    assert.deepEqual(eventsOf(`${opened}\n${lost}\n\nreal\t1m0.25s\nuser\t0m0.1s\n`), [
      ['open', 0],
      ['close', 60_000],
    ])
  })

  it('is a whole line, and no word beside it', () => {
    for (const line of [
      '10:00:00',
      ' 10:00:00.250',
      'Wed May  1 10:00:00 UTC 2024',
      '2024-05-01T10:00:00Z',
      '1714557600',
    ])
      assert.notEqual(timeAlone(line), undefined, line)
    for (const line of ['10:00:00 open', 'at 10:00:00', '12345', '10:00', ''])
      assert.equal(timeAlone(line), undefined, line)
  })

  it('of the shells’ time', () => {
    assert.equal(tookMs('real\t0m5.786s'), 5786)
    assert.equal(tookMs('real 60,21'), 60_210)
    assert.equal(tookMs('websocat wss://a.example/  0.02s user 0.01s system 0% cpu 1:40.21 total'), 100_210)
    assert.equal(tookMs('in total 5.1 total'), undefined)
    assert.equal(tookMs('user\t0m0.106s'), undefined)
  })
})
