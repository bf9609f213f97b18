import { defineApplication } from '#lib/applications/application.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineApplication({
  id: 'hocuspocus',
  name: 'Hocuspocus (Yjs)',
  marks: {
    usual: /\/(?:collaboration|hocuspocus)\b/i,
    close: /^(?:4408 Connection Timeout|4205 Reset Connection)$/,
  },
  words: [],
  closes: privateCodes.hocuspocus.codes,
  first: {
    name: 'its authentication message',
    patience: [{ seconds: 60, who: 'Hocuspocus (timeout)' }],
    needs: sentence`It names the document and holds its token.`,
  },

  fixes: {
    'first-message-missing': ({ address }) => ({
      summary: sentence`Open it with Hocuspocus’s own client, which sends the name of the document and its token first. The server closes a client that has not done so within its timeout (60 s unless set, twice that at most).`,
      changes: [
        {
          program: 'browser',
          of: 'hocuspocus',
          where: sentence`In the page`,
          text: js`new HocuspocusProvider({ url: ${js.string(address)}, name: 'YOUR_DOCUMENT', token: 'YOUR_TOKEN' })`,
        },
      ],
    }),
    'application-protocol-mismatch': ({ address }) => ({
      summary: sentence`The server could not read a message: it takes those of Yjs in Hocuspocus’s own frame. Open it with its own client; a client of y-websocket speaks another.`,
      changes: [
        {
          program: 'browser',
          of: 'hocuspocus',
          where: sentence`In the page`,
          text: js`new HocuspocusProvider({ url: ${js.string(address)}, name: 'YOUR_DOCUMENT' })`,
        },
      ],
    }),
  },

  source: 'https://github.com/ueberdosis/hocuspocus/blob/main/packages/server/src/ClientConnection.ts',
})
