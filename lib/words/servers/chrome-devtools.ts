import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const handler =
  'https://source.chromium.org/chromium/chromium/src/+/main:content/browser/devtools/devtools_http_handler.cc'

export default defineProgram({
  id: 'chrome-devtools',
  name: 'Chrome DevTools Protocol (remote debugging)',
  side: 'server',
  mark: /--remote-allow-origins/,
  phrases: phrasesOf(handler, [
    {
      id: 'origin-refused',
      needle: 'Rejected an incoming WebSocket connection',
      pattern: /\bRejected an incoming WebSocket connection(?: from the (\S{1,300}) origin)?/,
      said: ([, origin]) => ({
        means: 'origin-refused',
        status: 403,
        ...(origin !== undefined && { origin }),
      }),
      example:
        'Rejected an incoming WebSocket connection from the http://localhost:9222 origin. Use the command line flag --remote-allow-origins=http://localhost:9222 to allow connections from this origin or --remote-allow-origins=* to allow all origins.',
      explains:
        'Chrome refuses debuggers that send an Origin which it was not told to allow. Send none, or start Chrome with --remote-allow-origins.',
    },
  ]),
})
