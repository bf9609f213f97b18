import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const page = 'https://github.com/streamlit/streamlit/blob/develop/frontend/connection/src/'
const server = 'https://github.com/streamlit/streamlit/blob/develop/lib/streamlit/web/server/'

export default defineProgram({
  id: 'streamlit',
  name: 'Streamlit and Gradio',
  mark: /\bstreamlit\b|\b_stcore\b|\bgradio\b/i,
  phrases: [
    ...phrasesOf(page, [
      {
        id: 'failed-health',
        needle: '_stcore/health',
        pattern: /\bClient Error: \S{0,200}\/_stcore\/health\b/,
        said: { means: 'never-opened' },
        side: 'client',
        example: 'Client Error: https://app.example/_stcore/health',
        explains: 'The page cannot reach Streamlit’s health address: a path that the proxy does not pass on.',
      },
      {
        id: 'timed-out',
        needle: 'Websocket connection timed out',
        pattern: /\bWebsocket connection timed out\b/,
        said: { means: 'handshake-timeout' },
        side: 'client',
        example: 'Websocket connection timed out',
        explains: 'The page’s WebSocket did not open within 15 s.',
      },
    ]),
    ...phrasesOf(page, [
      {
        id: 'health-status',
        needle: 'Connection failed with status',
        pattern: /\bConnection failed with status ([1-5]\d\d), and response\b/,
        said: ([, status]) => ({ means: 'status', status: Number(status), unsure: true }),
        side: 'client',
        example: 'Connection error: Connection failed with status 404, and response "Not Found".',
        explains:
          'Streamlit’s health address was answered with this HTTP status. Its WebSocket is beside it, on the same path of the proxy.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'session-exists',
        needle: 'is already connected! Connecting',
        pattern: /\bSession with id \S{1,80} is already connected! Connecting to a new session\b/,
        said: { means: 'connecting' },
        side: 'server',
        example: 'Session with id 4f2 is already connected! Connecting to a new session.',
        explains: 'The page reconnects while the server still holds the earlier connection.',
      },
    ]),
  ],
})
