/** What a finding tells of a configuration has to be in it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lint } from '#lib/configs/nginx/lint.ts'
import { filesReader } from '#tests/unit/configs/nginx/fixture-reader.ts'

const UPGRADE =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'

function said(rule: string, inside: string, outside = ''): string {
  const text = `${outside}\nserver { listen 80; location /ws { ${UPGRADE} ${inside} } }`
  const { findings } = lint('paste', filesReader({ paste: text }), { isCut: true, path: '/ws' })
  return findings.find((finding) => finding.rule === rule)?.says ?? ''
}

describe('the Host that the backend is told', () => {
  const HOSTS: Record<string, string> = {
    'http://localhost:3000/': 'localhost:3000',
    'http://app/chat?a=/b': 'app',
    'http://app:80': 'app',
    'https://app:443/': 'app',
    'https://app:80': 'app:80',
    'HTTP://[::1]:3000/ws': '[::1]:3000',
    'http://unix:/run/app.sock:/ws': 'localhost',
    'http://$backend/ws': '$backend',
    $target: '$target',
  }
  for (const [address, host] of Object.entries(HOSTS)) {
    it(`of proxy_pass ${address} is ${host}`, () => {
      const says = said('host-not-forwarded', `proxy_pass ${address};`)
      assert.ok(says.includes(` sends Host "${host}" to the backend`), says)
    })
  }
})

describe('the rate that reconnects are held against', () => {
  const LIMITED = 'proxy_pass http://a; limit_req zone=one burst=5;'

  it('is the one of the zone', () => {
    const zone = 'limit_req_zone $binary_remote_addr zone=one:1m rate=3r/m;'
    assert.match(said('limit-on-websocket', LIMITED, zone), /a request against 3r\/m with a burst of 5/)
  })

  it('is not invented where the zone is defined elsewhere', () => {
    const says = said('limit-on-websocket', LIMITED)
    assert.match(says, /a request against the rate of zone one with a burst of 5/)
    assert.doesNotMatch(says, /\dr\//)
  })
})
