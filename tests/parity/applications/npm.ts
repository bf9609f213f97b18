/** Every set-up with a server from npm. */
import { brokerSetUps } from '#tests/parity/applications/brokers.ts'
import { devServerSetUps } from '#tests/parity/applications/dev-servers.ts'
import { graphqlSetUps } from '#tests/parity/applications/graphql.ts'
import { librarySetUps } from '#tests/parity/applications/libraries.ts'
import { realtimeSetUps } from '#tests/parity/applications/realtime.ts'
import { socketIoSetUps } from '#tests/parity/applications/socket-io.ts'
import type { SetUp } from '#tests/parity/support/set-up.ts'

export const npmSetUps: readonly SetUp[] = [
  ...socketIoSetUps,
  ...graphqlSetUps,
  ...brokerSetUps,
  ...realtimeSetUps,
  ...devServerSetUps,
  ...librarySetUps,
]
