import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const sockets =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html'
const quotas = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html'

export default defineProgram({
  id: 'aws',
  name: 'AWS API Gateway and load balancers',
  side: 'proxy',
  mark: /"connectionId" ?:|\bGoneException\b|\bexecute-api\b|\bawselb\b/,
  phrases: [
    ...phrasesOf(sockets, [
      {
        id: 'message-forbidden',
        needle: '"message"',
        pattern: /\{"message": ?"Forbidden", ?"connectionId":/,
        said: { means: 'application-protocol', unsure: true, phase: 'open' },
        example:
          '{"message": "Forbidden", "connectionId":"GzZ9XcnuIAMCJrw=", "requestId":"GzZ9YEYXIAMFyGQ="}',
        explains:
          'API Gateway’s answer to a message: its route key names no route and there is no $default, or it may not be used.',
      },
      {
        id: 'message-failed',
        needle: '"message"',
        pattern: /\{"message": ?"Internal server error", ?"connectionId":/,
        said: { means: 'handler-failed', phase: 'open' },
        example:
          '{"message": "Internal server error", "connectionId":"GzZ9XcnuIAMCJrw=", "requestId":"GzZ9YEYXIAMFyGQ="}',
        explains:
          'The integration of the message’s route failed: a Lambda function that throws, or that API Gateway may not call.',
      },
      {
        id: 'gone',
        needle: 'GoneException',
        pattern: /\bGoneException\b/,
        said: { means: 'ended' },
        example: 'GoneException: UnknownError',
        explains: 'The backend sends to a connection that has ended: API Gateway answers 410.',
      },
      {
        id: 'deny',
        needle: 'not authorized to',
        pattern:
          /\bUser: \S{1,100} is not authorized to perform: execute-api:Invoke\b|\bUser is not authorized to access this resource\b/,
        said: { means: 'forbidden', status: 403 },
        example: '{"Message":"User is not authorized to access this resource"}',
        explains: 'The authorizer of $connect said no, or IAM did.',
      },
      {
        id: 'no-token',
        needle: 'Missing Authentication Token',
        pattern: /\bMissing Authentication Token\b/,
        said: { means: 'no-route', unsure: true, status: 403 },
        example: '{"message":"Missing Authentication Token"}',
        explains: 'API Gateway’s 403: the stage or path does not exist, or the request wants a signature.',
      },
      {
        id: 'throttled',
        needle: '"message"',
        pattern: /\{"message": ?"(?:Too Many Requests|Limit Exceeded)"/,
        said: { means: 'rate-limited', status: 429 },
        example: '{"message":"Too Many Requests"}',
        explains: 'More connections or messages in a second than the stage or account may have.',
      },
    ]),
    ...phrasesOf(quotas, [
      {
        id: 'frame-size',
        needle: 'Message too long',
        pattern: /"message" ?: ?"Message too long"/,
        said: { means: 'too-big' },
        example: '{"message": "Message too long", "connectionId":"abc"}',
        explains: 'A message is longer than 128 KB, or a frame longer than 32 KB.',
      },
    ]),
  ],
})
