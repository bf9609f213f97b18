import { defineApplication } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'

export default defineApplication({
  id: 'ocpp',
  name: 'OCPP',
  marks: {
    subprotocols: ['ocpp2.0.1', 'ocpp1.6', 'ocpp2.1', 'ocpp1.5'],
    usual: /ocpp/i,
  },
  words: [],
  versionOf: ({ picked }) => picked?.replace('ocpp', ''),
  first: {
    name: 'BootNotification',
    patience: [],
    needs: sentence`It registers a charging station, so it is yours to send.`,
  },

  fixes: {
    'subprotocol-mismatch': ({ address, opened }) => ({
      summary: sentence`Ask for the version of OCPP that the central system speaks, as a subprotocol: ${opened ?? 'ocpp1.6 or ocpp2.0.1'}. One that knows none of those asked for answers without a subprotocol and closes.`,
      changes: [
        {
          program: 'python',
          of: 'ocpp',
          at: 'client',
          where: sentence`Charging station (Python ocpp with websockets)`,
          text: python`websockets.connect('YOUR_URL', subprotocols=['ocpp2.0.1', 'ocpp1.6'])`,
        },
        {
          program: 'node',
          of: 'ocpp',
          at: 'client',
          where: sentence`Charging station (Node ws)`,
          text: js`new WebSocket(${js.string(address)}, ['ocpp2.0.1', 'ocpp1.6'])`,
        },
      ],
    }),
    'path-not-found': () => ({
      summary: sentence`End the address with the identity of a charging station that the central system knows: it is the last part of the path.`,
      changes: [
        {
          program: 'node',
          of: 'ocpp',
          at: 'client',
          where: sentence`Charging station`,
          text: js`new WebSocket('YOUR_CENTRAL_SYSTEM_URL/YOUR_STATION_ID', ['ocpp2.0.1', 'ocpp1.6'])`,
        },
      ],
    }),
    'authentication-required': () => ({
      summary: sentence`Send the station’s identity and password by Basic authentication (security profiles 1 and 2), or a client certificate (profile 3).`,
      changes: [
        {
          program: 'node',
          of: 'ocpp',
          at: 'client',
          where: sentence`Charging station (Node ws)`,
          text: js`new WebSocket('YOUR_URL', ['ocpp1.6'], { auth: 'YOUR_STATION_ID:YOUR_PASSWORD' })`,
        },
      ],
    }),
  },

  source: 'https://openchargealliance.org/protocols/open-charge-point-protocol/',
})
