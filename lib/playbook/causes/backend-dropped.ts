import { defineCause, possible, weighed } from '#lib/playbook/cause.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'

export default defineCause({
  id: 'backend-dropped',
  stage: 'lost',
  title: 'The backend dropped the connection',
  symptom: 'The socket closes with 1006 while the proxy and the network are fine.',
  endings: ['dropped', 'broken', 'closing'],
  needs: ['server', 'proxy.error_log'],

  test: (facts) => {
    if (facts.ending.kind === 'closing') return weighed(possible(...facts.ending.because), 0.3)
    const { backend, proxy } = facts
    // Watched, without a sign of a proxy: whatever ended the connection stood at the backend.
    const alone = backend.watched && !backend.request?.viaProxy && proxy.kind === undefined
    // A backend that was cut off itself, and lived to write it down, let go of nothing.
    if (backend.close?.cutOff) return dropFinding(facts, 'backend-dropped', 0.2)
    return dropFinding(facts, 'backend-dropped', alone ? 0.7 : 0.5)
  },

  explain: {
    wire: 'The process crashed, was killed or ended the socket without a Close frame. FIN or, with unread data, RST goes out; a proxy turns both into a FIN for the client.',
    browser:
      'Without a Close frame the browser makes up 1006. Chromium fires no error event and its console stays empty, as after half a dozen other causes; Firefox fires one for a reset and says that the connection was interrupted.',
    sure: 'Look at the process: its exit, its uptime, an exception. nginx logs `recv() failed (104` for a reset and nothing for a FIN.',
    sources: [{ title: 'RFC 6455 §7.1.5', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5' }],
  },

  fix: () => ({
    summary: 'Close sockets with a code before the process ends, and look for what ends it.',
    changes: [
      {
        where: 'Node server (ws)',
        text: "process.on('SIGTERM', () => { for (const socket of server.clients) socket.close(1001) })",
      },
    ],
  }),

  reproduce: 'crash',
})
