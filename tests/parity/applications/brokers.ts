import { asked } from '#tests/parity/applications/asked.ts'
import { fault, healthy, type SetUp } from '#tests/parity/support/set-up.ts'

const application = 'mqtt'
const aedes = asked('aedes')
const mqtt = { subprotocols: ['mqtt'] }

export const brokerSetUps: SetUp[] = [
  aedes('right', 'nothing', { ...healthy, application, at: '/mqtt', options: mqtt }),
  aedes('held', 'nothing: held for 60 s', {
    ...healthy,
    application,
    at: '/mqtt',
    options: { ...mqtt, holdSeconds: 60 },
    says: [/PINGREQ/],
  }),
  aedes('no-subprotocol', 'nothing: it takes who asks for none', { ...healthy, at: '/' }),
  aedes('silent', 'no CONNECT, by a probe that may not speak', {
    ...fault('first-message-missing'),
    application,
    with: { connectTimeout: 700 },
    at: '/',
    options: { ...mqtt, quiet: true },
    says: [/CONNECT/],
  }),
  aedes('unknown', 'no CONNECT, by a probe that does not know what it speaks to', {
    ...fault('first-message-missing'),
    with: { connectTimeout: 700 },
    at: '/',
    says: [/mqtt/, /CONNECT/],
    never: [/graphql-transport-ws'/],
  }),
  aedes('password', 'CONNACK 4', {
    ...fault('authentication-required'),
    application,
    with: { refuses: 4 },
    at: '/',
    options: mqtt,
    says: [/user name/],
  }),
  aedes('not-authorized', 'CONNACK 5', {
    ...fault('authentication-required'),
    application,
    with: { refuses: 5 },
    at: '/',
    options: mqtt,
    says: [/not authorized/],
  }),
]
