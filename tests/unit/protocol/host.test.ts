import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  isAddress,
  isLoopback,
  isLoopbackAddress,
  isMixedContent,
  isPrivateAddress,
} from '#lib/protocol/host.ts'

const page = 'https://page.example'
const isMixed = (host: string) => isMixedContent(new URL(`ws://${host}:1/`), page)

describe('host', () => {
  it('knows the names and addresses of this machine', () => {
    const addresses = ['127.0.0.1', '127.9.9.9', '[::1]', '::1', '[::ffff:127.0.0.1]', '::ffff:7f00:1']
    for (const host of addresses) assert.ok(isLoopbackAddress(host), host)
    for (const host of [
      ...addresses,
      'localhost',
      'LOCALHOST',
      'localhost.',
      'a.b.localhost',
      'a.localhost.',
    ])
      assert.ok(isLoopback(host), host)
    for (const host of [
      '',
      'localhost.example',
      'notlocalhost',
      '127.0.0.1.example',
      '127.0.0.1.',
      '127.300.0.1',
      '128.0.0.1',
      '[::2]',
      '[::ffff:128.0.0.1]',
      '[1::ffff:7f00:1]',
    ])
      assert.ok(!isLoopback(host), host)
  })

  it('knows the addresses of private networks, and that names are none', () => {
    for (const host of ['10.0.0.1', '172.16.0.1', '172.31.9.9', '192.168.1.1', '169.254.1.1', '100.64.0.1'])
      assert.ok(isPrivateAddress(host), host)
    for (const host of [
      '[fc00::1]',
      '[fd00::1]',
      'fe80::1',
      '[fec0::1]',
      '[::ffff:10.0.0.1]',
      '::ffff:a00:1',
    ])
      assert.ok(isPrivateAddress(host), host)
    for (const host of ['172.32.0.1', '192.169.0.1', '100.128.0.1', '8.8.8.8', '127.0.0.1', '[::1]'])
      assert.ok(!isPrivateAddress(host), host)
    for (const host of ['10.0.0.1.example', 'fd.example', 'fe80.example', '[2001:db8::1]', '[ff02::1]'])
      assert.ok(!isPrivateAddress(host), host)
  })

  it('tells a literal from a name', () => {
    for (const host of ['127.0.0.1', '8.8.8.8', '[::1]', '2001:db8::1']) assert.ok(isAddress(host), host)
    for (const host of ['localhost', '1.2.3.4.example', 'a.example', '']) assert.ok(!isAddress(host), host)
  })

  // As Chromium 150 let an https page construct the socket, or threw SecurityError.
  it('calls mixed content what Chromium refuses, and nothing else', () => {
    for (const host of [
      'a.example',
      '172.32.0.1',
      '192.0.2.1',
      '8.8.8.8',
      '[64:ff9b::a00:1]',
      'a.internal',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '240.0.0.1',
    ])
      assert.ok(isMixed(host), host)
    for (const host of [
      'localhost',
      'localhost.',
      'a.localhost',
      'a.localhost.',
      '127.0.0.1',
      '127.9.9.9',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:10.0.0.1]',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.1.1',
      '[fe80::1]',
      '[fec0::1]',
      '[fd00::1]',
      '[fc00::1]',
      'a.local',
      'a.local.',
      '100.64.0.1',
      '0.0.0.0',
      '[::]',
    ])
      assert.ok(!isMixed(host), host)
  })

  it('knows no mixed content from an http page, or with wss://', () => {
    assert.ok(!isMixedContent(new URL('ws://a.example/'), 'http://page.example'))
    assert.ok(!isMixedContent(new URL('ws://a.example/'), ''))
    assert.ok(!isMixedContent(new URL('wss://a.example/'), page))
  })
})
