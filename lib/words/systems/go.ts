import { defineProgram } from '#lib/words/phrase.ts'
import { answers } from '#lib/words/systems/go/http.ts'
import { network } from '#lib/words/systems/go/network.ts'
import { runtime } from '#lib/words/systems/go/runtime.ts'
import { tls } from '#lib/words/systems/go/tls.ts'

export default defineProgram({
  id: 'go',
  name: 'Go (net, crypto/tls, crypto/x509 and the runtime)',
  mark: /\b(?:dial|read|write|lookup) (?:tcp|udp)[46]?\b|\b(?:tls|x509|http): /,
  phrases: [...network, ...answers, ...tls, ...runtime],
})
