/**
 * Close codes from 3000 up that well-known protocols use for themselves. The same number means different
 * things to different servers, so a lookup returns every known reading and the reader picks by what they run.
 */

export type PrivateCloseCode = {
  /** First and last code; equal for a single one. */
  from: number
  to: number
  /** The protocol or service. */
  by: string
  meaning: string
  source: string
  /** False where the meaning is common knowledge that was not checked against a source. */
  certain: boolean
}

const graphqlWs = {
  by: 'graphql-ws (graphql-transport-ws)',
  source: 'https://the-guild.dev/graphql/ws/docs/enumerations/common.CloseCode',
  certain: true,
}
const discord = {
  by: 'Discord gateway',
  source: 'https://docs.discord.com/developers/topics/opcodes-and-status-codes',
  certain: true,
}
const pusher = {
  by: 'Pusher Channels',
  source: 'https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/',
  certain: false,
}
const centrifugo = {
  by: 'Centrifugo',
  source: 'https://centrifugal.dev/docs/server/codes',
  certain: false,
}

type Family = Omit<PrivateCloseCode, 'from' | 'to' | 'meaning'>

const one = (family: Family, code: number, meaning: string): PrivateCloseCode => ({
  from: code,
  to: code,
  meaning,
  ...family,
})
const span = (family: Family, from: number, to: number, meaning: string): PrivateCloseCode => ({
  from,
  to,
  meaning,
  ...family,
})

export const privateCloseCodes: readonly PrivateCloseCode[] = [
  one(graphqlWs, 4004, 'Bad response'),
  one(graphqlWs, 4005, 'Internal client error'),
  one(graphqlWs, 4400, 'Bad request: a message did not fit the protocol'),
  one(graphqlWs, 4401, 'Unauthorized: subscribed before connection_ack'),
  one(graphqlWs, 4403, 'Forbidden: the server refused connection_init'),
  one(graphqlWs, 4406, 'Subprotocol not acceptable'),
  one(graphqlWs, 4408, 'Connection initialisation timed out'),
  one(graphqlWs, 4409, 'A subscription with this id already exists'),
  one(graphqlWs, 4429, 'Too many initialisation requests'),
  one(graphqlWs, 4500, 'Internal server error'),
  one(graphqlWs, 4504, 'Connection acknowledgement timed out'),
  one(discord, 4000, 'Unknown error'),
  one(discord, 4001, 'Unknown opcode'),
  one(discord, 4002, 'Payload could not be decoded'),
  one(discord, 4003, 'Not authenticated: a payload came before identifying'),
  one(discord, 4004, 'Authentication failed'),
  one(discord, 4005, 'Already authenticated'),
  one(discord, 4007, 'Invalid sequence number on resume'),
  one(discord, 4008, 'Rate limited'),
  one(discord, 4009, 'Session timed out'),
  span(discord, 4010, 4014, 'A setting of the client is wrong (shard, version, intents): do not reconnect'),
  span(pusher, 4000, 4099, 'Do not reconnect unchanged'),
  span(pusher, 4100, 4199, 'Reconnect after a pause'),
  span(pusher, 4200, 4299, 'Reconnect at once'),
  span(centrifugo, 3000, 3499, 'Disconnected, the client reconnects'),
  span(centrifugo, 3500, 3999, 'Disconnected for good'),
  span(centrifugo, 4000, 4499, 'Disconnected by the application, the client reconnects'),
  span(centrifugo, 4500, 4999, 'Disconnected by the application for good'),
]

/** Every known private reading of a code, checked sources first; empty where none is known. */
export function privateReadings(code: number): PrivateCloseCode[] {
  return privateCloseCodes
    .filter(({ from, to }) => code >= from && code <= to)
    .sort((a, b) => Number(b.certain) - Number(a.certain))
}
