import { asked } from '#tests/parity/applications/asked.ts'
import { fault, healthy, type SetUp } from '#tests/parity/support/set-up.ts'

const application = 'graphql'
const graphqlWs = asked('graphql-ws')
const mercurius = asked('mercurius')
const legacy = asked('subscriptions-transport-ws')
const modern = { subprotocols: ['graphql-transport-ws'] }
const older = { subprotocols: ['graphql-ws'] }

export const graphqlSetUps: SetUp[] = [
  graphqlWs('right', 'nothing', { ...healthy, application, at: '/graphql', options: modern }),
  graphqlWs('yoga', 'nothing: behind GraphQL Yoga', {
    ...healthy,
    application,
    with: { yoga: true },
    at: '/graphql',
    options: modern,
  }),
  graphqlWs('held', 'nothing: held for 60 s', {
    ...healthy,
    application,
    at: '/graphql',
    options: { ...modern, holdSeconds: 60 },
  }),
  graphqlWs('no-subprotocol', '4406', {
    ...fault('subprotocol-mismatch', 'application-protocol-mismatch'),
    application,
    at: '/graphql',
    says: [/graphql-transport-ws/],
  }),
  graphqlWs('old-subprotocol', 'the older client', {
    ...fault('subprotocol-mismatch', 'application-protocol-mismatch'),
    application,
    at: '/graphql',
    options: older,
    says: [/graphql-transport-ws/],
  }),
  graphqlWs('init-timeout', '4408', {
    ...fault('first-message-missing'),
    application,
    with: { connectionInitWaitTimeout: 700 },
    at: '/graphql',
    options: { ...modern, quiet: true },
    says: [/connection_init/],
  }),
  graphqlWs('bad-message', '4400', {
    ...fault('application-protocol-mismatch'),
    application,
    at: '/graphql',
    options: { ...modern, send: 'hello' },
    says: [/connection_init/],
    never: [/Pass 'graphql/],
  }),
  graphqlWs('too-early', '4401', {
    ...fault('application-close', 'first-message-missing'),
    application,
    at: '/graphql',
    options: { ...modern, send: '{"id":"1","type":"subscribe","payload":{"query":"subscription{ticks}"}}' },
    says: [/connection_ack/],
  }),
  graphqlWs('refused', '4403', {
    ...fault('application-close', 'authentication-required', 'forbidden'),
    application,
    with: { refuses: true },
    at: '/graphql',
    options: modern,
    says: [/connectionParams/],
  }),
  graphqlWs('threw', '4500', {
    ...fault('application-close', 'authentication-required', 'internal-error'),
    application,
    with: { throws: 'jwt expired' },
    at: '/graphql',
    options: modern,
    says: [/jwt expired/, /onConnect/],
  }),
  graphqlWs('path', 'at another path', {
    ...fault('path-not-found'),
    application,
    at: '/subscriptions',
    options: modern,
    says: [/path/],
  }),
  mercurius('new', 'nothing: the newer subprotocol', {
    ...healthy,
    application,
    at: '/graphql',
    options: modern,
  }),
  mercurius('old', 'nothing: the older subprotocol', {
    ...healthy,
    application,
    at: '/graphql',
    options: older,
  }),
  mercurius('no-subprotocol', '1002 without one', {
    ...fault('subprotocol-mismatch', 'application-protocol-mismatch'),
    at: '/graphql',
    says: [/graphql-transport-ws/],
  }),
  mercurius('refused', 'onConnect refuses', {
    ...fault('authentication-required', 'forbidden'),
    application,
    with: { refuses: 'no token' },
    at: '/graphql',
    options: modern,
    says: [/connectionParams/],
  }),
  legacy('right', 'nothing', { ...healthy, application, at: '/graphql', options: older }),
  legacy('keep-alive', 'nothing: with its messages of life', {
    ...healthy,
    application,
    with: { keepAlive: 300 },
    at: '/graphql',
    options: older,
  }),
  legacy('no-subprotocol', '1002 without its subprotocol', {
    ...fault('subprotocol-mismatch', 'application-protocol-mismatch'),
    at: '/graphql',
    says: [/subscriptions-transport-ws/, /'graphql-ws'/],
  }),
  legacy('new-subprotocol', 'the newer client', {
    ...fault('subprotocol-mismatch', 'application-protocol-mismatch'),
    application,
    at: '/graphql',
    options: modern,
    says: [/'graphql-ws'/],
  }),
  legacy('refused', 'onConnect refuses', {
    ...fault('authentication-required'),
    application,
    with: { refuses: 'Missing auth token!' },
    at: '/graphql',
    options: older,
    says: [/SubscriptionClient/],
  }),
]
