import { defineApplication } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

export default defineApplication({
  id: 'websockify',
  name: 'websockify (noVNC)',
  marks: {
    subprotocols: ['binary', 'base64'],
    usual: /\/websockify\b/i,
    message: /^RFB \d{3}\.\d{3}\n/,
    close: /^1011 Failed to connect to downstream server$/,
    answer: /Invalid protocol selected/,
  },
  words: ['websockify'],
  closes: [
    {
      from: 1011,
      to: 1011,
      reason: /^Failed to connect to downstream server$/,
      says: 'its target, a VNC server mostly, did not take the connection',
      means: 'backend-refused',
      source: 'https://github.com/novnc/websockify/blob/master/websockify/websocketproxy.py',
      certain: true,
    },
    {
      from: 1000,
      to: 1000,
      reason: /^Target closed$/,
      says: 'its target, a VNC server mostly, ended the connection',
      means: 'backend-closed',
      source: 'https://github.com/novnc/websockify/blob/master/websockify/websocketproxy.py',
      certain: true,
    },
  ],

  fixes: {
    'backend-unreachable': () => ({
      summary: sentence`Start the target of websockify, or correct its address. Websockify itself works, and its target (host:port on its command line) does not take the connection downstream.`,
      changes: [
        {
          program: 'shell',
          of: 'websockify',
          where: sentence`On the machine of websockify: does the target listen?`,
          text: shell`nc -vz YOUR_TARGET_HOST YOUR_TARGET_PORT`,
        },
      ],
    }),
    'handshake-closed': ({ address }) => ({
      summary: sentence`Where websockify looks its target up by a token (--token-plugin), put one that it knows into the address. It ends every other handshake without an answer. Its log has “Token not present” or “not found” then, or another reason.`,
      changes: [
        {
          program: 'browser',
          of: 'websockify',
          where: sentence`In the page`,
          text: js`new WebSocket(${js.string(`${address.split('?', 1)[0] ?? ''}?token=YOUR_TOKEN`)})`,
        },
      ],
    }),
    'subprotocol-mismatch': ({ address }) => ({
      summary: sentence`Ask for the subprotocol binary, or for none. base64 went with websockify 0.10.`,
      changes: [
        {
          program: 'browser',
          of: 'websockify',
          where: sentence`In the page`,
          text: js`new WebSocket(${js.string(address)}, 'binary')`,
        },
      ],
    }),
  },

  source: 'https://github.com/novnc/websockify',
})
