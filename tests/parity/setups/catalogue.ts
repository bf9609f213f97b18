/** Every set-up. The quick ones run in every `npm test`, the others in `npm run test:more`. */
import { apacheCaddySetUps } from '#tests/parity/setups/apache-caddy.ts'
import { directHandshakeSetUps } from '#tests/parity/setups/direct-handshake.ts'
import { directOpenSetUps } from '#tests/parity/setups/direct-open.ts'
import { haproxySetUps } from '#tests/parity/setups/haproxy.ts'
import { healthySetUps } from '#tests/parity/setups/healthy.ts'
import { nginxHandshakeSetUps } from '#tests/parity/setups/nginx-handshake.ts'
import { nginxOpenSetUps } from '#tests/parity/setups/nginx-open.ts'
import { nginxRefusalSetUps } from '#tests/parity/setups/nginx-refusals.ts'
import type { SetUp } from '#tests/parity/support/set-up.ts'

export const setUps: readonly SetUp[] = [
  ...healthySetUps,
  ...directHandshakeSetUps,
  ...directOpenSetUps,
  ...nginxHandshakeSetUps,
  ...nginxRefusalSetUps,
  ...nginxOpenSetUps,
  ...haproxySetUps,
  ...apacheCaddySetUps,
]
