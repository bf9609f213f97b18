import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { expandGlob } from '#lib/configs/nginx/syntax/glob.ts'
import { compileRegex, freshPatience } from '#lib/configs/nginx/syntax/regex.ts'
import { compareVersions, parseSize, parseTime } from '#lib/configs/nginx/syntax/values.ts'

describe('parseTime', () => {
  it('adds units from large to small, and takes a bare number for seconds', () => {
    const times = {
      '90': 90,
      '1h 30m': 5400,
      '2s500ms': 2.5,
      '0m 3s': 3,
      '1d12h': 129_600,
      h30m: 1800,
      '4 ': 4,
    }
    for (const [text, seconds] of Object.entries(times)) assert.equal(parseTime(text, 'ms'), seconds, text)
  })

  it('refuses what nginx refuses', () => {
    for (const text of [
      '',
      '60sec',
      '1hour',
      '60 S',
      '1s 2s',
      '-1',
      '1M',
      '1y',
      'h',
      '1.5s',
      '99999999999999999999',
    ]) {
      assert.equal(parseTime(text, 'ms'), undefined, text)
    }
    assert.equal(parseTime('5ms', 's'), undefined)
  })

  it('knows months and years where times count in seconds', () => {
    assert.equal(parseTime('1y 1M', 's'), (365 + 30) * 86_400)
  })
})

it('parses sizes, gigabytes only for offsets', () => {
  assert.deepEqual(
    [parseSize('8k', 'm'), parseSize('1G', 'g'), parseSize('1g', 'm')],
    [8192, 2 ** 30, undefined],
  )
})

it('compares versions by number', () => {
  assert.ok(compareVersions('1.29.7', '1.9.15') > 0)
  assert.equal(compareVersions('1.22', '1.22.0'), 0)
})

it('expands patterns in the order of the C locale, without hidden files', () => {
  const folders: Record<string, string[]> = {
    'conf.d': ['b.conf', 'B.conf', '.c.conf', 'a.conf~', 'a1.conf'],
    apps: ['x', 'y'],
  }
  const list = (folder: string) => folders[folder] ?? []
  assert.deepEqual(expandGlob('conf.d/*.conf', list), ['conf.d/B.conf', 'conf.d/a1.conf', 'conf.d/b.conf'])
  assert.deepEqual(expandGlob('conf.d/[a-z][!a].conf', list), ['conf.d/a1.conf'])
  assert.deepEqual(expandGlob('apps/?/l.conf', list), ['apps/x/l.conf', 'apps/y/l.conf'])
  const odd = () => ['[', ']', '!', '[]', 'a]', '[a', 'x']
  assert.deepEqual(expandGlob('[]]', odd), [']'])
  assert.deepEqual(expandGlob('[!]a]', odd), ['!', '[', 'x'])
  assert.deepEqual(expandGlob('[[]', odd), ['['])
  assert.deepEqual(expandGlob('[[]*', odd), ['[', '[]', '[a'])
  assert.deepEqual(expandGlob('?[a', odd), [], 'a bracket that nothing closes is itself')
})

describe('compileRegex', () => {
  const matches = (pattern: string, subject: string, ignoreCase = false) => {
    const regex = compileRegex(pattern, ignoreCase)
    return regex.status === 'ready' && regex.match(subject, freshPatience()) !== undefined
  }

  it('reads what PCRE writes in other ways', () => {
    assert.ok(matches('(?i)^/WS$', '/ws'))
    assert.ok(matches('^/(?P<name>[[:alpha:]]+)$', '/ws'))
    assert.ok(!matches('^/ws$', '/WS'))
    assert.ok(matches('^/(?>ws)$', '/ws'))
    assert.ok(matches('^/(?!api/)', '/ws') && !matches('^/(?!api/)', '/api/ws'))
  })

  it('tells what is no expression from what it can’t try', () => {
    assert.equal(compileRegex('^/(ws', false).status, 'invalid')
    assert.equal(compileRegex('^/ws)', false).status, 'invalid')
    assert.equal(compileRegex('^/(?>ws|w)$', false).status, 'untried')
    assert.equal(compileRegex('^/(ws)\\1$', false).status, 'untried')
  })

  it('says what is wrong as nginx does, and where', () => {
    const problemOf = (pattern: string) => {
      const regex = compileRegex(pattern, false)
      return regex.status === 'invalid' ? regex.problem : undefined
    }
    assert.equal(problemOf('^/(ws'), 'missing closing parenthesis in "^/(ws"')
    assert.equal(problemOf('^/ws)$'), 'unmatched closing parenthesis in "^/ws)$" at ")$"')
  })

  it('gives up where no patience is left', () => {
    const regex = compileRegex('(?:.?|.?|.?){40}!', false)
    if (regex.status !== 'ready') return assert.fail(regex.status)
    const patience = { steps: 10_000 }
    assert.equal(regex.match('/ws'.repeat(100), patience), 'untried')
    assert.ok(patience.steps < 0)
  })
})
