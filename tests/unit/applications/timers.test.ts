import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { durationOfCode } from '#lib/applications/durations.ts'
import { timerIn } from '#lib/applications/timers.ts'

describe('timers in source code', () => {
  it('of both ends of SignalR', () => {
    const lines: [string, string, string, number][] = [
      ['    options.KeepAliveInterval = TimeSpan.FromMinutes(2);', 'server', 'beats', 120_000],
      ['o.ClientTimeoutInterval = System.TimeSpan.FromSeconds(60);', 'server', 'waits', 60_000],
      ['connection.serverTimeoutInMilliseconds = 2 * 60 * 1000; // two minutes', 'client', 'waits', 120_000],
      ['  .withServerTimeout(45_000)', 'client', 'waits', 45_000],
      ['hub.ServerTimeout = new TimeSpan(0, 1, 30);', 'client', 'waits', 90_000],
      ['connection.keepAliveIntervalInMilliseconds = 10000', 'client', 'beats', 10_000],
    ]
    for (const [line, side, does, ms] of lines) {
      const timer = timerIn(line)
      assert.deepEqual(
        [timer?.side, timer?.does, timer?.ms, timer?.program],
        [side, does, ms, 'signalr'],
        line,
      )
    }
  })

  it('is none where the value is a name, the line a comment, or the option another’s', () => {
    for (const line of [
      'options.KeepAliveInterval = settings.KeepAlive;',
      '// options.KeepAliveInterval = TimeSpan.FromSeconds(50);',
      'app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(50) });',
      'socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(50);',
      'hubConnection.KeepAliveInterval = TimeSpan.FromSeconds(50);',
      'KeepAliveInterval is 50 s',
    ])
      assert.equal(timerIn(line), undefined, line)
  })

  it('a duration is a call, the parts of a span, or a product of numbers', () => {
    assert.equal(durationOfCode('Duration.ofMillis(1500);'), 1500)
    assert.equal(durationOfCode('30_000,'), 30_000)
    assert.equal(durationOfCode('60 * seconds'), undefined)
    assert.equal(durationOfCode('99999999999 * 99999999999'), undefined)
  })
})
