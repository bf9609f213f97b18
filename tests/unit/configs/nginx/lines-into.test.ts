/** What holds for any configuration, as a diff of one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesInto } from '#lib/configs/nginx/edits/lines-into.ts'
import { nginx } from '#lib/text/configurations.ts'

const upgrade = nginx`proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection "upgrade";`
const longer = nginx`proxy_read_timeout 1h;`

const shown = (text: string, change: typeof upgrade, line: number) =>
  linesInto(text, change, line)?.map(({ number, sign, text: own }) => `${number ?? ''}${sign}|${own}`)

test('lines go to the end of their block, as it is indented', () => {
  const text = 'server {\n\tlisten 80;\n\tlocation / {\n\t\tproxy_pass http://a;\n\t}\n}\n'
  assert.deepEqual(shown(text, upgrade, 3), [
    '3 |    location / {',
    '4 |        proxy_pass http://a;',
    '+|        proxy_http_version 1.1;',
    '+|        proxy_set_header Upgrade $http_upgrade;',
    '+|        proxy_set_header Connection "upgrade";',
    '5 |    }',
    '6 |}',
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
  const both = nginx`${upgrade}\n${longer}`
  assert.deepEqual(shown(text, both, 1)?.slice(1, -1), [
    // The name of a header is the same in any case.
    '2-|    proxy_set_header upgrade $http_upgrade;',
    '3-|    proxy_set_header Connection "";',
    '4-|    proxy_read_timeout 60s;',
    '+|    proxy_set_header Upgrade $http_upgrade;',
    '+|    proxy_set_header Connection "upgrade";',
    '+|    proxy_read_timeout 1h;',
    '5 |    proxy_pass http://a;',
    '+|    proxy_http_version 1.1;',
  ])
  assert.equal(shown('location / {\n  proxy_read_timeout 1h;\n}', longer, 1), undefined)
})

test('headers that the block inherits are written again, because its first one drops them', () => {
  const text =
    'server {\n  proxy_set_header Accept-Encoding "";\n  location / {\n    proxy_pass http://a;\n  }\n}'
  const added = shown(text, upgrade, 3)?.filter((line) => line.startsWith('+'))
  assert.equal(added?.includes('+|    proxy_set_header Accept-Encoding "";'), true)
})

test('there is no diff of what is more than lines of a block, or of a block that is not there', () => {
  const text = 'server {\n  location / {\n    proxy_pass http://a;\n  }\n}'
  const map = nginx`map $http_upgrade $connection {\n  default upgrade;\n}`
  assert.equal(shown(text, map, 2), undefined)
  for (const line of [3, 99]) assert.equal(shown(text, upgrade, line), undefined)
  assert.equal(shown('', upgrade, 1), undefined)
})

test('what nobody can see of a line is shown', () => {
  const lines = shown('location / {\n  proxy_pass http://a; # \u202ex\n}', longer, 1) ?? []
  assert.equal(lines[1], '2 |  proxy_pass http://a; # \\u202ex')
})
