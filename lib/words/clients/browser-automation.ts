import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const transport =
  'https://github.com/microsoft/playwright/blob/main/packages/playwright-core/src/server/transport.ts'
const selenium =
  'https://github.com/SeleniumHQ/selenium/blob/trunk/java/src/org/openqa/selenium/remote/http/jdk/JdkHttpClient.java'
const puppeteer =
  'https://github.com/puppeteer/puppeteer/blob/main/packages/puppeteer-core/src/cdp/Connection.ts'

/** Programs that drive a browser over a WebSocket of its own (CDP, BiDi). */
export default defineProgram({
  id: 'browser-automation',
  name: 'Playwright, Puppeteer and Selenium',
  side: 'client',
  mark: /\bbrowserType\.connect|<ws (?:connect|disconnect|error|unexpected)|\borg\.openqa\.selenium\b|\bpuppeteer\b|\bplaywright\b/i,
  phrases: [
    ...phrasesOf(transport, [
      {
        id: 'status',
        needle: ['WebSocket error', '<ws unexpected response>'],
        pattern: /(?:\bWebSocket error:|<ws unexpected response>) (wss?:\/\/\S{1,500}) ([2-5]\d\d)\b/,
        said: ([, , status]) => saidOfStatus(status),
        example: 'browserType.connect: WebSocket error: ws://127.0.0.1:3000/ 428 Precondition Required',
        explains:
          'The handshake was answered with this HTTP status. 428 is Playwright’s server for a client of another version.',
      },
      {
        id: 'connecting',
        needle: '<ws connect',
        pattern: /<ws connecting> wss?:\/\//,
        said: { means: 'connecting' },
        example: '<ws connecting> ws://127.0.0.1:3000/',
        explains: 'The connection is being opened.',
      },
      {
        id: 'connected',
        needle: '<ws connected>',
        pattern: /<ws connected> wss?:\/\//,
        said: { means: 'opened' },
        example: '<ws connected> ws://127.0.0.1:3000/',
        explains: 'The connection opened.',
      },
      {
        id: 'closed',
        needle: 'has been closed',
        pattern: /\bTarget page, context or browser has been closed\b/,
        said: { means: 'lost' },
        example: 'browser.newPage: Target page, context or browser has been closed',
        explains: 'The browser ended, or the connection to it did.',
      },
    ]),
    ...phrasesOf(selenium, [
      {
        id: 'not-established',
        needle: ['Unable to establish websocket connection', 'WebSocket initial request'],
        pattern:
          /\bUnable to establish websocket connection(?: to)?\b|\b(?:Jdk|Netty)WebSocket initial request (?:execution error|interrupted)\b/,
        said: { means: 'never-opened' },
        example:
          'org.openqa.selenium.remote.http.ConnectionFailedException: Unable to establish websocket connection to http://localhost:4444/session/5d1c/se/cdp',
        explains: 'The connection to the browser’s debugger did not open. The line above says why.',
      },
      {
        id: 'devtools',
        needle: ['connected to DevTools', 'connect to renderer', 'message to renderer'],
        pattern:
          /\bdisconnected: (?:not connected to DevTools|unable to (?:connect to renderer|send message to renderer))/,
        said: { means: 'lost' },
        example: 'disconnected: not connected to DevTools',
        explains: 'The browser ended, or no longer answers its driver.',
      },
    ]),
    ...phrasesOf(puppeteer, [
      {
        id: 'target-closed',
        needle: ['Protocol error', 'Navigation failed because browser'],
        pattern:
          /\bProtocol error(?: \([\w.]{1,80}\))?: (?:Target closed|Session closed|Connection closed)\b|\bNavigation failed because browser has disconnected\b/,
        said: { means: 'lost', unsure: true },
        example: 'Protocol error: Connection closed. Most likely the page has been closed.',
        explains: 'The page, the browser, or the connection to it ended before the answer came.',
      },
    ]),
  ],
})
