import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const client = 'https://github.com/rancher/remotedialer/blob/master/client.go'
const server = 'https://github.com/rancher/remotedialer/blob/master/server.go'

export default defineProgram({
  id: 'rancher',
  name: 'Rancher and remotedialer',
  side: 'server',
  mark: /\bremotedialer\b|\bcattle-(?:cluster-)?agent\b|\bFailed to connect to proxy\. /,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'status',
        needle: 'Failed to connect to proxy',
        pattern: /\bFailed to connect to proxy\. Response status: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          'level=error msg="Failed to connect to proxy. Response status: 401 - 401 Unauthorized. Response body: not authorized" error="websocket: bad handshake"',
        explains:
          'The Rancher server, or a proxy before it, answered the agent’s handshake with this status.',
      },
      {
        id: 'no-answer',
        needle: 'Failed to connect to proxy',
        pattern: /\bFailed to connect to proxy\. Empty dialer response\b/,
        said: { means: 'never-opened' },
        side: 'client',
        example: 'level=error msg="Failed to connect to proxy. Empty dialer response"',
        explains: 'The agent got no answer at all. The error beside it says why.',
      },
      {
        id: 'proxy-error',
        needle: 'Remotedialer proxy error',
        pattern: /\bRemotedialer proxy error\b/,
        said: { means: 'lost' },
        side: 'client',
        example: 'level=error msg="Remotedialer proxy error"',
        explains: 'The agent’s tunnel to Rancher ended. The error beside it says how.',
      },
      {
        id: 'connecting',
        needle: 'Connecting to proxy',
        pattern: /\bConnecting to proxy"/,
        said: { means: 'connecting' },
        side: 'client',
        example: 'level=info msg="Connecting to proxy" url="wss://rancher.example/v3/connect"',
        explains: 'The agent begins its handshake.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'ping',
        needle: 'writing ping',
        pattern: /\bError writing ping\b/,
        said: { means: 'ping-timeout' },
        example: 'level=error msg="Error writing ping"',
        explains: 'A ping could not be written: the tunnel is dead.',
      },
      {
        id: 'not-allowed',
        needle: 'connect not allowed',
        pattern: /\bconnect not allowed\b/,
        said: { means: 'forbidden' },
        example: 'connect not allowed',
        explains: 'The tunnel does not allow connections to this address.',
      },
      {
        id: 'no-tunnel',
        needle: 'failed to find Session',
        pattern: /\bfailed to find Session for client\b/,
        said: { means: 'no-backend' },
        example: 'failed to find Session for client stv-cluster-c-abc12',
        explains: 'The cluster’s agent has no tunnel to this Rancher server.',
      },
    ]),
  ],
})
