import { defineProgram } from '#lib/words/phrase.ts'
import { network } from '#lib/words/systems/java/network.ts'
import { tls } from '#lib/words/systems/java/tls.ts'

export default defineProgram({
  id: 'java',
  name: 'Java and Android (java.net and javax.net.ssl)',
  mark: /\bjavax?\.(?:net|nio|io|security)\.[\w.]{1,60}|\bsun\.security\./,
  phrases: [...network, ...tls],
})
