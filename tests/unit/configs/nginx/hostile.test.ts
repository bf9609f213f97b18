import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { lint } from '#lib/configs/nginx/lint.ts'
import { filesReader } from '#tests/unit/configs/nginx/fixture-reader.ts'

const lintText = (text: string, path?: string) =>
  lint('nginx.conf', filesReader({ 'nginx.conf': text }), path === undefined ? {} : { path })

const inServer = (text: string) => `events {}\nhttp { server { listen 80;\n${text}\n} }\n`

const FIXTURES = new URL('../../../fixtures/nginx/', import.meta.url)
const recorded = readdirSync(FIXTURES).map((id) =>
  readFileSync(new URL(`${id}/nginx.conf`, FIXTURES), 'utf8'),
)

describe('any text', () => {
  it('is judged without an exception', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary-ascii' }), (text) => {
        lintText(text)
        lintText(inServer(text), '/ws')
      }),
    )
  })

  it('of the words of the language is judged without an exception', () => {
    const word = fc.constantFrom(
      ...[
        'location',
        '/ws',
        '~',
        '~*',
        '(a+)+$',
        '{',
        '}',
        ';',
        '"',
        "'",
        '\\',
        '$',
        '${',
        '\n',
        '#',
        'if',
        '(',
      ],
      ...[
        'rewrite',
        'last',
        'set',
        '$x',
        'return',
        '301',
        'proxy_pass',
        'http://a',
        'map',
        'try_files',
        '@a',
        '=404',
      ],
      ...[
        'proxy_set_header',
        'Upgrade',
        'Host',
        'include',
        'error_page',
        'upstream',
        'server',
        'x_by_lua_block',
      ],
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        lintText(words.join(' '))
        lintText(inServer(words.join(' ')), '/ws')
      }),
    )
  })

  it('may lack any part of a configuration', () => {
    const cut = fc.tuple(fc.constantFrom(...recorded), fc.nat(), fc.nat({ max: 20 }))
    fc.assert(
      fc.property(cut, ([text, at, length]) => {
        const from = at % (text.length + 1)
        lintText(text.slice(0, from) + text.slice(from + length), '/ws')
      }),
    )
  })
})
