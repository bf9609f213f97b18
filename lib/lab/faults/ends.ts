/** Faults that end an open connection. */

import { defineFault } from '#lib/lab/fault.ts'
import { anyText, oneOf, seconds, token, wholeNumber } from '#lib/lab/knob.ts'
import { longestReasonBytes } from '#lib/protocol/close-codes.ts'

const after = (says: string, byDefault: number) => seconds(says, { default: byDefault, min: 0, max: 3600 })

/** What a page sees of all of these alike: open, then 1006 with neither error event nor console text. */
const silentLosses = ['idle-timeout', 'max-lifetime', 'proxy-restart', 'backend-dropped']
const firstOf = (cause: string) => [cause, ...silentLosses.filter((other) => other !== cause)]

/** With patience: a busy browser must not be given up for what it is not. */
const beats = { ping_interval: '2', ping_timeout: '1.9' }

export const endFaults = {
  'idle-timeout': defineFault({
    title: 'Idle timeout',
    family: 'end',
    says: 'Drops the connection after an idle period. Any traffic resets the timer.',
    met: 'nginx proxy_read_timeout (60 s), AWS ALB (60 s), HAProxy timeout tunnel, Heroku (55 s).',
    sees: 'Open, then 1006 after the silence: no error event, no close frame, an empty console. The server logs 1006 at the same moment.',
    knobs: {
      after_seconds: seconds('Idle limit', { default: 6, min: 0.1, max: 3600 }),
      end: oneOf('TCP ending (FIN or RST)', ['fin', 'rst'], 'fin'),
    },
    shows: { outcome: 'fault', causes: ['idle-timeout'] },
    open: { endpoint: '/ws/health' },
    real: ['nginx', 'haproxy', 'apache'],
  }),
  'max-lifetime': defineFault({
    title: 'Limited lifetime',
    family: 'end',
    says: 'Ends the connection a fixed time after it opened, whatever travels on it.',
    met: 'Google’s load balancer (30 s), Cloud Run (300 s), AWS API Gateway (2 h).',
    sees: 'Beats come until the last moment, then 1006 without a close frame. Four connections of different ages each end when they are that old.',
    knobs: { after_seconds: after('Age at which it ends', 6) },
    shows: { outcome: 'fault', causes: firstOf('max-lifetime') },
    open: {
      endpoint: '/ws/health',
      query: beats,
      companions: { count: 3, every_seconds: 1.2 },
    },
    real: [],
  }),
  reload: defineFault({
    title: 'Proxy reload',
    family: 'end',
    says: 'Ends all connections of one group in the same instant, regardless of age.',
    met: 'nginx reload with worker_shutdown_timeout, a deployment, a proxy restart.',
    sees: 'Four connections of different ages end in the same instant, each with 1006 and without a close frame.',
    knobs: {
      after_seconds: after('Time from the group’s first connection to the reload', 6),
      grace_seconds: after('How long old connections live on after it, as worker_shutdown_timeout allows', 0),
      group: token(
        'Connections that name the same group end together. Choose a name that only you use',
        'default',
      ),
    },
    shows: { outcome: 'fault', causes: firstOf('proxy-restart') },
    open: {
      endpoint: '/ws/health',
      query: beats,
      companions: { count: 3, every_seconds: 1.2 },
    },
    real: ['nginx'],
  }),
  crash: defineFault({
    title: 'Server crash',
    family: 'end',
    says: 'Drops the connection as a crashing process would: FIN without a Close frame, or RST if data is unread.',
    met: 'An uncaught exception, the out-of-memory killer, SIGKILL during a deployment.',
    sees: 'Open, then 1006 without error event or close frame. No server log entry: the process is gone.',
    knobs: {
      after_seconds: after('Age at which the process dies', 3),
      end: oneOf('TCP ending (FIN or RST); rst is what unread data makes of it', ['fin', 'rst'], 'fin'),
    },
    shows: { outcome: 'undetermined', causes: firstOf('backend-dropped') },
    open: { endpoint: '/ws/health', query: beats },
    real: [],
  }),
  reset: defineFault({
    title: 'Reset on the way',
    family: 'end',
    says: 'Sends a RST to each side, as if from the other.',
    met: 'A firewall or NAT that forgot the connection, an AWS NLB after 350 s of silence.',
    sees: 'Open, then 1006 without error event or close frame. Only a raw socket sees that TCP ended by RST.',
    knobs: { after_seconds: after('Age at which it is reset', 3) },
    shows: {
      outcome: 'undetermined',
      causes: [
        'middlebox-reset',
        'backend-dropped',
        'half-open',
        'proxy-restart',
        'idle-timeout',
        'max-lifetime',
      ],
    },
    open: { endpoint: '/ws/health', query: beats },
    real: [],
  }),
  'first-message': defineFault({
    title: 'First message missing',
    family: 'end',
    says: 'Closes on a client that has not said anything within some seconds.',
    met: 'MQTT brokers, graphql-ws (connection_init), SignalR, and servers that want a token in the first message.',
    sees: 'Open, then a close event with the server’s reason; a client that sends a message in time stays.',
    knobs: {
      within_seconds: seconds('How long the server waits', { default: 3, min: 0.1, max: 3600 }),
      code: wholeNumber('close code', 'The code that it closes with', {
        default: 1008,
        min: 1000,
        max: 4999,
      }),
      reason: anyText('The reason, as sent', 'no first message', longestReasonBytes),
      end: oneOf('How it ends: in order, or by FIN alone, as MQTT brokers do', ['close', 'fin'], 'close'),
    },
    shows: { outcome: 'fault', causes: ['first-message-missing'] },
    open: { endpoint: '/ws/health' },
    real: [],
  }),
  close: defineFault({
    title: 'Closed with a code',
    family: 'end',
    says: 'Sends a Close frame with any code and reason in the server’s name.',
    met: 'An application’s own close, a restart (1012), a policy (1008), a gateway that goes away (1001).',
    sees: 'The close event has the code and the reason. The server writes that the client closed: it never sent them.',
    knobs: {
      after_seconds: after('Age at which it closes', 2),
      code: wholeNumber('close code', 'The code; 1005 sends an empty Close frame', {
        default: 4001,
        min: 0,
        max: 65_535,
      }),
      reason: anyText('The reason, as sent', 'session expired', longestReasonBytes),
      end: oneOf(
        'What TCP does after the frame: wait for the answer, reset, or nothing',
        ['fin', 'rst', 'open'],
        'fin',
      ),
    },
    shows: { outcome: 'fault', causes: ['application-close'] },
    open: { endpoint: '/ws/health' },
    real: [],
  }),
}
