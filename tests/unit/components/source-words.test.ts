import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceWords } from '#components/diagnose/report/source-words.ts'

test('names the line of the configuration, and the file where there are several', () => {
  assert.equal(sourceWords('proxy.config:12'), 'in the proxy’s configuration, line 12')
  assert.equal(
    sourceWords('proxy.config:conf.d/a.conf:3'),
    'in the proxy’s configuration, conf.d/a.conf line 3',
  )
  assert.equal(sourceWords('proxy.config'), 'in the proxy’s configuration')
})

test('names the observer where the part has no words of its own', () => {
  assert.equal(sourceWords('server[0].headers'), 'from the server')
  assert.equal(sourceWords('proxy.access_log[3]'), 'in the proxy’s access log')
})
