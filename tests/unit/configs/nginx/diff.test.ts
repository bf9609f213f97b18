import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffOfBlock } from '#lib/configs/nginx/diff.ts'
import { settingsOfPath } from '#lib/configs/nginx/settings-of-path.ts'

const upgrade =
  'proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "upgrade";'

const shown = (text: string, change: string, line: number) =>
  diffOfBlock(text, change, line)?.map(
    ({ number, sign, text: written }) => `${number ?? ''}${sign}|${written}`,
  )

test('lines go to the end of their block, as it is indented', () => {
  const text = 'server {\n\tlisten 80;\n\tlocation / {\n\t\tproxy_pass http://a;\n\t}\n}\n'
  assert.deepEqual(shown(text, upgrade, 3), [
    '3 |    location / {',
    '4 |        proxy_pass http://a;',
    '+|        proxy_http_version 1.1;',
    '+|        proxy_set_header Upgrade $http_upgrade;',
    '+|        proxy_set_header Connection "upgrade";',
    '5 |    }',
  ])
})

test('what stands there with another value is replaced, what stands there already is left alone', () => {
  const text = [
    'location /ws {',
    '    proxy_set_header upgrade $http_upgrade;',
    '    proxy_set_header Connection "";',
    '    proxy_read_timeout 60s;',
    '    proxy_pass http://a;',
    '}',
  ].join('\r\n')
  assert.deepEqual(shown(text, `${upgrade}\nproxy_read_timeout 1h;`, 1)?.slice(1, -1), [
    // The name of a header is the same in any case.
    '2-|    proxy_set_header upgrade $http_upgrade;',
    '+|    proxy_set_header Upgrade $http_upgrade;',
    '3-|    proxy_set_header Connection "";',
    '+|    proxy_set_header Connection "upgrade";',
    '4-|    proxy_read_timeout 60s;',
    '+|    proxy_read_timeout 1h;',
    '5 |    proxy_pass http://a;',
    '+|    proxy_http_version 1.1;',
  ])
  assert.equal(shown('location / {\n  proxy_read_timeout 1h;\n}', 'proxy_read_timeout 1h;', 1), undefined)
})

test('a block on one line becomes one of several', () => {
  assert.deepEqual(
    shown('location / { proxy_read_timeout 5s; proxy_pass http://a; }', 'proxy_read_timeout 1h;', 1),
    [
      '1-|location / { proxy_read_timeout 5s; proxy_pass http://a; }',
      '+|location / {',
      '+|    proxy_pass http://a;',
      '+|    proxy_read_timeout 1h;',
      '+|}',
    ],
  )
  assert.equal(shown('location / { return 200 ";"; }', 'proxy_read_timeout 1h;', 1), undefined)
})

test('of a long block only what is near the change is shown', () => {
  const long = `location / {\n${'    add_header X-A b;\n'.repeat(40)}    proxy_read_timeout 5s;\n${'    # more\n'.repeat(40)}}`
  const lines = shown(long, 'proxy_read_timeout 1h;', 1) ?? []
  assert.ok(lines.length < 12)
  assert.deepEqual(lines.slice(0, 2), ['1 |location / {', ' |…'])
  assert.ok(lines.includes('42-|    proxy_read_timeout 5s;'))
})

test('there is no diff of what is more than lines of a block, or of a block that is not there', () => {
  const text = 'server {\n  location / {\n    proxy_pass http://a;\n  }\n}'
  assert.equal(shown(text, 'map $http_upgrade $connection {\n  default upgrade;\n}', 2), undefined)
  assert.equal(shown(text, upgrade, 3), undefined)
  assert.equal(shown(text, upgrade, 99), undefined)
  assert.equal(shown('', upgrade, 1), undefined)
  // Which part of the line would go?
  assert.equal(
    shown('location / {\n  proxy_read_timeout 5s; proxy_pass http://a;\n}', 'proxy_read_timeout 1h;', 1),
    undefined,
  )
})

test('what nobody can see of a line is shown', () => {
  const lines = shown('location / {\n  proxy_pass http://a; # \u202ex\n}', 'proxy_read_timeout 1h;', 1) ?? []
  assert.equal(lines[1], '2 |  proxy_pass http://a; # \\u202ex')
})

/** The file with the diff in it. */
function applied(text: string, change: string, line: number): string {
  const lines: (string | null)[] = text.split('\n')
  let at = line - 1
  const after: string[][] = lines.map(() => [])
  for (const { number, sign, text: written } of diffOfBlock(text, change, line) ?? []) {
    if (number !== null) at = number - 1
    if (sign === '-') lines[at] = null
    // Before the brace that closes the block, which comes next.
    if (sign === '+') after[at]?.push(written)
  }
  return lines
    .flatMap((each, index) => [...(each === null ? [] : [each]), ...(after[index] ?? [])])
    .join('\n')
}

for (const text of [
  'server {\n  listen 80;\n  location / {\n    proxy_pass http://10.0.0.7:3000;\n  }\n}',
  'server {\n  listen 80;\n  location / { proxy_pass http://10.0.0.7:3000; }\n}',
  'server {\n  listen 80;\n  location / {\n    proxy_http_version 1.0;\n    proxy_set_header Connection close;\n    proxy_pass http://10.0.0.7:3000;\n  }\n}',
]) {
  test(`with the diff in it the file passes the upgrade on: ${JSON.stringify(text).slice(12, 70)}`, () => {
    const fixed = applied(text, upgrade, 3)
    const { effective, refused } = settingsOfPath(fixed, { path: '/', port: 80 })
    assert.equal(refused, undefined)
    assert.deepEqual(
      [effective?.upgradeHeader.arrives, effective?.connectionHeader.arrives, effective?.httpVersion],
      [true, true, '1.1'],
    )
  })
}
