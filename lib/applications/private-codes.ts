/**
 * Close codes from 3000 up, which belong to libraries and applications: what each protocol means by its own. Beside one
 * another and apart from the rest of what is known of the protocols, since the same number has many meanings and every
 * page that shows a close looks it up.
 */
import type { CloseMeaning } from '#lib/applications/application.ts'
import type { Meaning } from '#lib/words/meaning.ts'

type Table = { /** The protocol or service. */ readonly by: string; readonly codes: readonly CloseMeaning[] }

type Row = Pick<CloseMeaning, 'from' | 'says'> & Partial<Pick<CloseMeaning, 'to' | 'means' | 'reason'>>

/** Of several that fit a code the first is its meaning. */
const table = (by: string, source: string, certain: boolean, rows: readonly Row[]): Table => ({
  by,
  codes: rows.map((row) => ({ to: row.from, ...row, source, certain })),
})

const row = (from: number, says: string, means?: Meaning): Row => ({ from, says, ...(means && { means }) })
const span = (from: number, to: number, says: string, means?: Meaning): Row => ({
  ...row(from, says, means),
  to,
})

export const privateCodes = {
  centrifugo: table('Centrifugo', 'https://centrifugal.dev/docs/server/codes', false, [
    row(3001, 'Shutdown of the server'),
    row(3005, 'The connection’s token expired'),
    row(3008, 'The client reads too slowly'),
    row(3012, 'The client answered no ping', 'ping-timeout'),
    row(3013, 'Too many requests'),
    span(3000, 3499, 'Disconnected, the client reconnects'),
    row(3500, 'The token is not valid'),
    row(3501, 'Bad request', 'application-protocol'),
    row(3502, 'Stale: no connect command came in time', 'first-message-missing'),
    row(3506, 'Connection limit'),
    span(3500, 3999, 'Disconnected for good'),
    span(4000, 4499, 'Disconnected by the application, the client reconnects'),
    span(4500, 4999, 'Disconnected by the application for good'),
  ]),
  colyseus: table(
    'Colyseus',
    'https://github.com/colyseus/colyseus/blob/master/packages/core/src/Protocol.ts',
    true,
    [
      row(4000, 'The client left on purpose'),
      row(4001, 'The server shuts down'),
      row(4002, 'Joining the room failed'),
      row(4010, 'The server restarts in development mode'),
      row(4201, 'The server disconnected the client'),
      row(4202, 'Too many clients'),
    ],
  ),
  discord: table(
    'Discord gateway',
    'https://docs.discord.com/developers/topics/opcodes-and-status-codes',
    true,
    [
      row(4000, 'Unknown error'),
      row(4001, 'Unknown opcode'),
      row(4002, 'Payload could not be decoded'),
      row(4003, 'Not authenticated: a payload came before identifying', 'first-message-missing'),
      row(4004, 'Authentication failed'),
      row(4005, 'Already authenticated'),
      row(4007, 'Invalid sequence number on resume'),
      row(4008, 'Rate limited'),
      row(4009, 'Session timed out'),
      span(4010, 4014, 'A setting of the client is wrong (shard, version, intents): do not reconnect'),
    ],
  ),
  graphql: table(
    'GraphQL over WebSocket',
    'https://the-guild.dev/graphql/ws/docs/enumerations/common.CloseCode',
    true,
    [
      row(4004, 'Bad response'),
      row(4005, 'Internal client error'),
      row(4400, 'Bad request: a message did not fit the protocol', 'application-protocol'),
      row(4401, 'Unauthorized: subscribed before connection_ack'),
      row(4403, 'Forbidden: the server refused connection_init'),
      row(4406, 'Subprotocol not acceptable', 'application-protocol'),
      row(4408, 'Connection initialisation timed out', 'first-message-missing'),
      row(4409, 'A subscription with this id already exists'),
      row(4429, 'Too many initialisation requests'),
      row(4500, 'Internal server error'),
      row(4504, 'Connection acknowledgement timed out'),
    ],
  ),
  hocuspocus: table(
    'Hocuspocus (Yjs)',
    'https://github.com/ueberdosis/hocuspocus/blob/main/packages/common/src/CloseEvents.ts',
    true,
    [
      { ...row(4205, 'A message could not be read', 'application-protocol'), reason: /^Reset Connection$/ },
      {
        ...row(4408, 'The client did not authenticate in time', 'first-message-missing'),
        reason: /^Connection Timeout$/,
      },
    ],
  ),
  pusher: table(
    'Pusher protocol (Pusher, Reverb, Soketi)',
    'https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/',
    false,
    [
      row(4000, 'The application takes TLS only'),
      row(4001, 'The application does not exist: a wrong key, or another cluster', 'no-route'),
      row(4003, 'The application is disabled', 'forbidden'),
      row(4004, 'The application is over its connection quota', 'too-many-connections'),
      row(4005, 'Path not found', 'no-route'),
      span(
        4006,
        4008,
        'The protocol version of the address is missing or not supported',
        'application-protocol',
      ),
      { ...row(4009, 'Reverb does not allow this Origin', 'origin-refused'), reason: /origin/i },
      row(4009, 'The connection is not authorized', 'unauthorized'),
      span(4000, 4099, 'Do not reconnect unchanged'),
      row(4100, 'Over capacity', 'too-many-connections'),
      span(4100, 4199, 'Reconnect after a pause'),
      row(4201, 'The client answered no ping', 'ping-timeout'),
      row(4202, 'Closed after inactivity', 'idle-timeout'),
      span(4200, 4299, 'Reconnect at once'),
      row(4301, 'Too many client events', 'rate-limited'),
    ],
  ),
  socketcluster: table(
    'SocketCluster',
    'https://github.com/SocketCluster/sc-errors/blob/master/index.js',
    true,
    [
      row(4000, 'Server ping timed out'),
      row(4001, 'Client pong timed out', 'ping-timeout'),
      row(4002, 'Server failed to sign auth token'),
      row(4003, 'Failed to complete handshake'),
      row(4004, 'Client failed to save auth token'),
      row(4005, 'Did not receive #handshake from client before timeout', 'first-message-missing'),
      row(4006, 'Failed to bind socket to message broker'),
      row(4007, 'Client connection establishment timed out'),
      row(4008, 'Server rejected handshake from client'),
      row(4009, 'Server received a message before the client handshake', 'first-message-missing'),
    ],
  ),
  sockjs: table('SockJS', 'https://github.com/sockjs/sockjs-node/blob/main/lib/trans-websocket.js', true, [
    {
      ...row(3000, 'A message was not JSON in an array, as its framing asks', 'application-protocol'),
      reason: /Broken framing/,
    },
  ]),
  storybook: table(
    'Storybook',
    'https://github.com/storybookjs/storybook/blob/next/code/core/src/channels/websocket/index.ts',
    true,
    [row(3008, 'The manager heard nothing of the server for 20 s', 'ping-timeout')],
  ),
  twitch: table('Twitch EventSub', 'https://dev.twitch.tv/docs/eventsub/handling-websocket-events', true, [
    { ...row(4000, 'Twitch’s server failed'), reason: /^internal server error$/i },
    { ...row(4001, 'The client sent a message, which only pongs may be'), reason: /inbound traffic/i },
    { ...row(4002, 'The client answered no ping', 'ping-timeout'), reason: /ping-?pong/i },
    {
      ...row(4003, 'No subscription was made within 10 s', 'first-message-missing'),
      reason: /connection unused/i,
    },
    {
      ...row(4004, 'The old connection was kept for 30 s after session_reconnect'),
      reason: /reconnect grace/i,
    },
    { ...row(4005, 'A network timeout at Twitch'), reason: /^network timeout$/i },
    { ...row(4006, 'A network error at Twitch'), reason: /^network error$/i },
    { ...row(4007, 'The reconnect URL is not valid'), reason: /invalid reconnect/i },
  ]),
} satisfies Record<string, Table>
