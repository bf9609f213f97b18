/** Every set-up with a server from npm. */
import { brokerSetUps } from '#tests/parity/applications/brokers.ts'
import { graphqlSetUps } from '#tests/parity/applications/graphql.ts'
import { socketIoSetUps } from '#tests/parity/applications/socket-io.ts'
import type { SetUp } from '#tests/parity/support/set-up.ts'

export const npmSetUps: readonly SetUp[] = [...socketIoSetUps, ...graphqlSetUps, ...brokerSetUps]
