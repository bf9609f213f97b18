import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { documentOf, readSets, type SavedSet } from '#lib/store/saved/sets.ts'
import { fill, hideInUrl, hideSecrets, hostOf, variablesIn, withHost } from '#lib/store/saved/variables.ts'

const set: SavedSet = {
  name: 'Staging',
  variables: [
    { name: 'host', value: 'staging.example:8443' },
    { name: 'token', secret: true },
  ],
  connections: [
    { url: 'wss://{{host}}/ws', subprotocols: ['v{{ major }}.chat'] },
    {
      url: 'wss://{{host}}/private',
      auto_reconnect: true,
      through: { origin: 'https://{{host}}', headers: ['Authorization: Bearer {{token}}'] },
    },
  ],
}
const read = (value: unknown) => readSets(typeof value === 'string' ? value : JSON.stringify(value))
const says = (value: unknown): string => {
  const found = read(value)
  assert.ok(!found.ok, 'it was taken')
  return found.says
}

describe('saved sets', () => {
  it('come back as they were exported, without the values of secrets', () => {
    const secret = {
      ...set,
      variables: [...(set.variables ?? []), { name: 'x', value: 's3cret', secret: true }],
    }
    const text = JSON.stringify(documentOf([secret]))
    assert.doesNotMatch(text, /s3cret/)
    const found = read(text)
    assert.ok(found.ok)
    assert.deepEqual(found.sets, [
      { ...secret, variables: [...(set.variables ?? []), { name: 'x', secret: true }] },
    ])
  })

  it('drop the value that a file gives to a secret', () => {
    const document = documentOf([set])
    const found = read({
      ...document,
      sets: [{ ...set, variables: [{ name: 'token', secret: true, value: 'x' }] }],
    })
    assert.ok(found.ok)
    assert.deepEqual(found.sets[0]?.variables, [{ name: 'token', secret: true }])
  })

  it('are refused as a whole with what is wrong, and where', () => {
    const document = documentOf([set])
    assert.match(says(''), /not JSON/)
    assert.match(says('{"sets":[]}'), /not an export/)
    assert.match(says([]), /not an export/)
    assert.match(says({ ...document, version: 2 }), /version 2.*reads version 1/)
    assert.match(
      says({ ...document, sets: [{ ...set, connections: [{ uri: 'x' }] }] }),
      /sets\[0\]\.connections\[0\]/,
    )
    assert.match(says({ ...document, sets: [{ ...set, colour: 'red' }] }), /sets\[0\] has a member.*colour/)
    assert.match(says({ ...document, sets: [{ ...set, name: '' }] }), /sets\[0\]\.name is empty/)
    assert.match(
      says({ ...document, sets: [{ ...set, variables: [{ name: 'a b' }] }] }),
      /variables\[0\]\.name/,
    )
    assert.match(
      says({ ...document, sets: [{ ...set, variables: [{ name: 'a' }, { name: 'a' }] }] }),
      /Staging.*a twice/,
    )
    assert.match(says({ ...document, sets: Array.from({ length: 51 }, () => set) }), /sets is too long/)
    assert.match(says('x'.repeat(2 * 1024 * 1024 + 1)), /larger than 2 MiB/)
  })
})

describe('variables', () => {
  it('are found where they are named, and stand for plain text', () => {
    assert.deepEqual(variablesIn(set.connections), ['host', 'major', 'token'])
    const filled = fill(
      { ...set, variables: [...(set.variables ?? []), { name: 'major', value: '2' }] },
      { token: 't$&' },
    )
    assert.ok(filled.ok)
    assert.deepEqual(filled.connections, [
      { url: 'wss://staging.example:8443/ws', subprotocols: ['v2.chat'] },
      {
        url: 'wss://staging.example:8443/private',
        auto_reconnect: true,
        through: { origin: 'https://staging.example:8443', headers: ['Authorization: Bearer t$&'] },
      },
    ])
  })

  it('without a value are named, and nothing is opened', () => {
    assert.deepEqual(fill(set, {}), { ok: false, missing: ['major', 'token'] })
  })

  it('are not looked for in the value of another', () => {
    const filled = fill(
      { name: 'x', variables: [{ name: 'a', value: '{{b}}' }], connections: [{ url: 'ws://{{a}}/' }] },
      {},
    )
    assert.ok(filled.ok)
    assert.equal(filled.connections[0]?.url, 'ws://{{b}}/')
  })

  it('take the place of a password and of tokens in a URL', () => {
    assert.deepEqual(
      hideInUrl('wss://ann:s3cret@a.example/ws?room=7&access_token=x%3D&empty_token=&apiKey=k#f'),
      {
        url: 'wss://ann:{{password}}@a.example/ws?room=7&access_token={{access_token}}&empty_token=&apiKey={{apiKey}}',
        variables: ['password', 'access_token', 'apiKey'],
      },
    )
    for (const url of [
      'wss://a.example/ws',
      'wss://a.example/?q',
      'ws://',
      '',
      'wss://ann@a.example/?token={{t}}',
    ]) {
      assert.deepEqual(hideInUrl(url), { url, variables: [] })
    }
  })

  it('take the place of credentials and of the host', () => {
    assert.deepEqual(
      hideSecrets(['Authorization: Bearer x', 'X-Room: 7', 'cookie: sid=1', 'X-Csrf-Token: {{t}}']),
      {
        headers: [
          'Authorization: {{authorization}}',
          'X-Room: 7',
          'cookie: {{cookie}}',
          'X-Csrf-Token: {{t}}',
        ],
        variables: ['authorization', 'cookie'],
      },
    )
    assert.equal(hostOf(['wss://a.example/x', 'wss://a.example/y']), 'a.example')
    assert.equal(hostOf(['wss://a.example/x', 'wss://b.example/y']), null)
    assert.equal(withHost('wss://a.example/a.example', 'a.example'), 'wss://{{host}}/a.example')
    assert.equal(withHost('wss://u:{{password}}@a.example?x', 'a.example'), 'wss://u:{{password}}@{{host}}?x')
    assert.equal(withHost('wss://b.example/', 'a.example'), 'wss://b.example/')
  })
})
