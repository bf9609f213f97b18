import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseEvidence } from '#lib/evidence/schema.ts'
import { readFacts } from '#lib/facts/facts.ts'
import { catalogue, causeOf } from '#lib/playbook/catalogue.ts'
import { authorityWordOf, hostOf, hostWordOf } from '#lib/playbook/weighing/advice.ts'
import { nginx } from '#lib/text/configurations.ts'

const factsFor = (url: string) => readFacts(parseEvidence({ target: { url } }))

describe('the host of a fix', () => {
  it('is as it was given where it is a name or an address', () => {
    for (const host of ['app.example', 'my_app', '10.0.0.7', 'xn--bcher-kva.example']) {
      const facts = factsFor(`wss://${host}:8443/ws`)
      assert.deepEqual([hostWordOf(facts), authorityWordOf(facts)], [host, `${host}:8443`])
      assert.equal(nginx.host(hostOf(facts)), host)
    }
  })

  it('is an IPv6 address as each program takes it', () => {
    const facts = factsFor('wss://[::1]/ws')
    assert.deepEqual([hostWordOf(facts), authorityWordOf(facts)], ['::1', "'[::1]:443'"])
    assert.equal(nginx.host(hostOf(facts)), '[::1]')
  })

  it('is a stand-in that no shell acts on where it is neither', () => {
    for (const host of ['$(id)', 'a;{touch,x}', '`id`', "a'b", 'a"b', 'a&b', '-x', '-oproxycommand=id']) {
      const facts = factsFor(`wss://${host}/`)
      assert.equal(hostOf(facts), host)
      assert.deepEqual([hostWordOf(facts), authorityWordOf(facts)], ['YOUR_HOST', 'YOUR_HOST:443'])
      assert.equal(nginx.host(hostOf(facts)), 'YOUR_HOST')
    }
  })

  it('comes into no policy and no configuration with more than a name', () => {
    const facts = factsFor('wss://a;default-src:8443/')
    for (const change of catalogue.flatMap(({ fix }) => fix(facts).changes)) {
      if (change.program !== 'browser' && change.program !== 'shell')
        assert.ok(!change.text.includes('a;default-src'), change.text)
    }
    assert.equal(
      causeOf('csp-blocked')?.fix(facts).changes[0]?.text,
      "connect-src 'self' wss://YOUR_HOST:8443",
    )
  })
})
