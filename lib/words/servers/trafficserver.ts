import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const pages = 'https://github.com/apache/trafficserver/tree/master/configs/body_factory/default'

export default defineProgram({
  id: 'trafficserver',
  name: 'Apache Traffic Server (its own pages)',
  side: 'proxy',
  phrases: phrasesOf(pages, [
    {
      id: 'failed-connect',
      needle: 'Could not connect to the requested server host',
      pattern: /\bCould not connect to the requested server host\b/,
      said: { means: 'backend-refused', status: 502 },
      example: 'Could Not Connect Description: Could not connect to the requested server host.',
      explains: 'The origin server does not accept connections at this address.',
    },
    {
      id: 'dns-failed',
      needle: 'the server does not have a DNS entry',
      pattern: /\bUnable to locate the server requested --- the server does not have a DNS entry\b/,
      said: { means: 'backend-unresolved', status: 502 },
      example:
        'Unknown Host Description: Unable to locate the server requested --- the server does not have a DNS entry.',
      explains: 'The name of the origin server has no address.',
    },
    {
      id: 'hangup',
      needle: 'closed the connection before the transaction was completed',
      pattern: /\bThe server requested closed the connection before the transaction was completed\b/,
      said: { means: 'backend-closed', status: 502 },
      example:
        'Server Connection Closed Description: The server requested closed the connection before the transaction was completed.',
      explains: 'The origin server ended TCP without an answer.',
    },
    {
      id: 'no-mapping',
      needle: 'Not Found on Accelerator',
      pattern: /\bNot Found on Accelerator\b/,
      said: { means: 'no-route', status: 404 },
      example: 'Not Found on Accelerator Description: Your request on the specified host was not found.',
      explains:
        'No rule of remap.config fits. A WebSocket needs one of its own: map ws://host/ ws://backend/.',
    },
    {
      id: 'access-denied',
      needle: 'You are not allowed to access the document',
      pattern: /\bYou are not allowed to access the document you requested\b/,
      said: { means: 'forbidden', status: 403 },
      example: 'Access Denied Description: You are not allowed to access the document you requested.',
      explains: 'A rule of ip_allow or remap denies the request.',
    },
    {
      id: 'bad-response',
      needle: 'The host requested did not return the document correctly',
      pattern: /\bThe host requested did not return the document correctly\b/,
      said: { means: 'backend-bad-answer', status: 502 },
      example: 'Web Server Error Description: The host requested did not return the document correctly.',
      explains: 'What the origin server answered is not HTTP.',
    },
    {
      id: 'inactivity',
      needle: 'without sending any data for document',
      pattern: /\bToo much time has passed without sending any data for document\b/,
      said: { means: 'backend-timeout', status: 504 },
      example:
        'Inactivity Timeout Description: Too much time has passed without sending any data for document.',
      explains: 'The origin server did not answer in time.',
    },
  ]),
})
