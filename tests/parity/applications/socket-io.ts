import { fault, healthy, type SetUp } from '#tests/parity/support/set-up.ts'

export const socketIoSetUps: SetUp[] = [
  {
    id: 'socket.io-4',
    fault: 'nothing: Socket.IO 4 asked as its client asks',
    build: async (stage) => {
      const { port } = await stage.server('socket-io.mjs')
      return { url: `http://127.0.0.1:${port}/socket.io/` }
    },
    expect: { ...healthy, application: 'socket.io' },
  },
  {
    id: 'socket.io-eio3',
    fault: 'a client of Socket.IO 2 at a server of 4',
    build: async (stage) => {
      const { port } = await stage.server('socket-io.mjs')
      return { url: `ws://127.0.0.1:${port}/socket.io/?EIO=3&transport=websocket` }
    },
    expect: {
      ...fault('application-protocol-mismatch'),
      application: 'socket.io',
      says: [/EIO=4|allowEIO3/],
    },
  },
]
