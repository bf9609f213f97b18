import { defineProgram } from '#lib/words/phrase.ts'
import { answers } from '#lib/words/systems/go/http.ts'
import { network } from '#lib/words/systems/go/network.ts'
import { runtime } from '#lib/words/systems/go/runtime.ts'
import { tls } from '#lib/words/systems/go/tls.ts'

export default defineProgram({
  id: 'go',
  name: 'Go (net, crypto/tls, crypto/x509 and the runtime)',
  mark: /\b(?:dial|read|write|lookup) (?:tcp|udp)[46]?\b|\b(?:tls|x509|http): /,
  // A port that is listened on is low, and the system gives out those from 32768 on.
  sideMarks: {
    server:
      /\b(?:read|write) tcp[46]? \S{1,100}:(?:\d{1,4}|[12]\d{4}|3[01]\d{3})->\S{1,100}:(?:3[3-9]|[4-6]\d)\d{3}\b/,
    client:
      /\b(?:read|write) tcp[46]? \S{1,100}:(?:3[3-9]|[4-6]\d)\d{3}->\S{1,100}:(?:\d{1,4}|[12]\d{4}|3[01]\d{3})\b/,
  },
  phrases: [...network, ...answers, ...tls, ...runtime],
})
