import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const objects = 'https://developers.cloudflare.com/durable-objects/observability/troubleshooting/'
const workers = 'https://developers.cloudflare.com/workers/observability/errors/'

/** Exceptions of Cloudflare Workers and of their Durable Objects, which hold the WebSockets of many applications. */
export default defineProgram({
  id: 'cloudflare-workers',
  name: 'Cloudflare Workers',
  side: 'server',
  mark: /\bDurable Object|\bworkerd\b|\bwrangler\b/,
  phrases: [
    ...phrasesOf(objects, [
      {
        id: 'code-updated',
        needle: ['reset because its code was updated', 'code has been updated, this version can no longer'],
        pattern:
          /\bDurable Object reset because its code was updated\b|\bDurable Object['’]s code has been updated, this version can no longer\b/,
        said: { means: 'shutting-down' },
        example: 'Error: Durable Object reset because its code was updated.',
        explains: 'A deployment replaced the Durable Object, and all WebSockets that it held ended.',
      },
      {
        id: 'object-reset',
        needle: ['and was reset', 'caused object to be reset'],
        pattern:
          /\bDurable Object(?:['’]s isolate)? exceeded its (?:memory|CPU time) limit and was reset\b|\bDurable Object storage[^\n]{0,60} caused object to be reset\b/,
        said: { means: 'process-ended' },
        example: "Error: Durable Object's isolate exceeded its memory limit and was reset.",
        explains: 'The Durable Object was ended over a limit, with all WebSockets that it held.',
      },
      {
        id: 'object-overloaded',
        needle: 'Durable Object is overloaded',
        pattern: /\bDurable Object is overloaded\b/,
        said: { means: 'rate-limited' },
        example: 'Error: Durable Object is overloaded. Too many requests queued.',
        explains: 'One object gets more requests than it can take. Spread them over several objects.',
      },
    ]),
    ...phrasesOf(workers, [
      {
        id: 'never-responds',
        needle: ['will never generate a response', 'hanging Promise was canceled'],
        pattern: /\bThe script will never generate a response\b|\bA hanging Promise was canceled\b/,
        said: { means: 'handler-failed' },
        example: 'Uncaught Error: The script will never generate a response.',
        explains:
          'The Worker waits for something that can no longer come, and Cloudflare ended the request. Its own code has to answer the upgrade with a 101 before it waits.',
      },
      {
        id: 'cpu-limit',
        needle: 'exceeded CPU',
        pattern: /\bWorker exceeded CPU time limit\b/,
        said: { means: 'handler-failed' },
        example: 'Error: Worker exceeded CPU time limit.',
        explains: 'The Worker was ended because one request took more CPU time than it may.',
      },
      {
        id: 'network-lost',
        needle: 'Network connection lost',
        pattern: /(?:\bError: |^)Network connection lost\b/,
        said: { means: 'lost' },
        example: 'Error: Network connection lost.',
        explains:
          'The connection between the Worker and its Durable Object or backend ended. The line does not say why.',
      },
    ]),
  ],
})
