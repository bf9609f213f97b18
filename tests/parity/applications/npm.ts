/** Every set-up with a server from npm. */
import { socketIoSetUps } from '#tests/parity/applications/socket-io.ts'
import type { SetUp } from '#tests/parity/support/set-up.ts'

export const npmSetUps: readonly SetUp[] = [...socketIoSetUps]
