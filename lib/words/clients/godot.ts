import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const peer = 'https://github.com/godotengine/godot/blob/master/modules/websocket/wsl_peer.cpp'

export default defineProgram({
  id: 'godot',
  name: 'Godot',
  side: 'client',
  phrases: [
    ...phrasesOf(peer, [
      {
        id: 'status',
        needle: 'Invalid status code. Got',
        pattern: /\bInvalid status code\. Got: '(\d{3})', expected '101'/,
        said: ([, status]) => saidOfStatus(status),
        example: "Invalid status code. Got: '403', expected '101'.",
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'bad-101',
        needle: 'Missing or invalid header',
        pattern: /\bMissing or invalid header '(?:connection|upgrade|sec-websocket-accept)'/,
        said: { means: 'bad-101' },
        example: "Missing or invalid header 'connection'. Expected value 'upgrade'.",
        explains: 'The 101 lacks a header that belongs to it, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: 'sub-protocol',
        pattern: /\bRequested sub-protocol\(s\) but received none\b|\bReceived unrequested sub-protocol -> /,
        said: { means: 'subprotocol' },
        example: 'Requested sub-protocol(s) but received none.',
        explains: 'The server chose no subprotocol, or one that was not offered.',
      },
    ]),
  ],
})
