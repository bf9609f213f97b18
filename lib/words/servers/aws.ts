import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const balancer =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html'
const integration =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html'
const sockets =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html'
const edge = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html'
const quotas = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html'

/** A word of CloudFront’s `x-edge-detailed-result-type`, which its errors and dashboards have as well. */
const ofEdge = (
  id: string,
  words: string,
  said: Said,
  explains: string,
  example: string,
): Omit<Phrase, 'source'> => ({
  id,
  needle: words.split('|'),
  pattern: new RegExp(`\\b(?:${words})\\b`),
  said,
  example: `CloudFront: ${example}`,
  explains,
})

export default defineProgram({
  id: 'aws',
  name: 'AWS API Gateway, CloudFront and load balancers',
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
        fix: 'Compare the route selection expression of the API, such as $request.body.action, with the message that the client sent, and add the route or $default. Where the handshake itself got this, look at the authorizer of $connect, its API key and the stage.',
      },
      {
        id: 'message-failed',
        needle: '"message"',
        pattern: /\{"message": ?"Internal server error", ?"connectionId":/,
        // One message was not handled: the connection stays open.
        said: { means: 'nothing-said' },
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
    ...phrasesOf(edge, [
      ofEdge(
        'edge-connect',
        'OriginConnectError',
        { means: 'backend-refused', status: 502 },
        'CloudFront could not connect to the origin: nothing listens there, or a firewall is between them.',
        'OriginConnectError',
      ),
      ofEdge(
        'edge-name',
        'OriginDnsError',
        { means: 'backend-unresolved', status: 502 },
        'The origin’s host name has no address.',
        'OriginDnsError',
      ),
      ofEdge(
        'edge-timeout',
        'OriginCommError',
        { means: 'backend-timeout', status: 504, unsure: true },
        'CloudFront waited for the origin to connect or to answer, and it did not.',
        'OriginCommError',
      ),
      ofEdge(
        'edge-closed',
        'AbortedOrigin|OriginReadError|OriginWriteError',
        { means: 'backend-closed', status: 502 },
        'The origin ended the connection before it had answered.',
        'AbortedOrigin',
      ),
      ofEdge(
        'edge-answer',
        'OriginInvalidResponseError|OriginHeaderTooBigError|OriginContentRangeLengthError|OriginZeroSizeObjectError',
        { means: 'backend-bad-answer', status: 502 },
        'CloudFront does not take what the origin answered.',
        'OriginInvalidResponseError',
      ),
      ofEdge(
        'edge-blocked',
        'ClientGeoBlocked|InvalidRequestBlocked',
        { means: 'forbidden', status: 403 },
        'CloudFront refuses this client: by its country, or by a rule of the web application firewall.',
        'ClientGeoBlocked',
      ),
      ofEdge(
        'edge-capacity',
        'CapacityExceeded',
        { means: 'rate-limited', status: 503 },
        'The edge had no capacity for the request.',
        'CapacityExceeded',
      ),
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
    ...phrasesOf(integration, [
      {
        id: 'integration-failed',
        needle: 'Execution failed due to',
        pattern:
          /\bExecution failed due to (?:configuration error|an? (?:internal|timeout) error|a Lambda error)\b[^\n]{0,200}/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        example:
          '(DxYcJExmoAMFsPg=) Execution failed due to configuration error: Invalid permissions on Lambda function',
        explains: 'What the route leads to could not be called: its permission is missing, or it failed.',
      },
      {
        id: 'integration-timeout',
        needle: 'Endpoint request timed out',
        pattern: /\bEndpoint request timed out\b/,
        said: { means: 'backend-timeout', status: 504 },
        example: '{"message": "Endpoint request timed out"}',
        explains: 'What the route leads to did not answer within 29 s.',
      },
      {
        id: 'waf',
        needle: 'WAF_FILTERED',
        pattern: /\bWAF_FILTERED\b/,
        said: { means: 'forbidden', status: 403 },
        example: 'Gateway response type: WAF_FILTERED with status code: 403',
        explains: 'A rule of the web application firewall refuses the request.',
      },
      {
        id: 'authorizer',
        needle: 'AUTHORIZER_',
        pattern: /\bAUTHORIZER_(?:FAILURE|CONFIGURATION_ERROR)\b/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        example: 'Gateway response type: AUTHORIZER_FAILURE with status code: 500',
        explains: 'The authorizer of $connect failed itself. Its log has the reason.',
      },
      {
        id: 'unauthorized-type',
        needle: 'Gateway response type',
        pattern:
          /\bGateway response type: (?:UNAUTHORIZED|ACCESS_DENIED|MISSING_AUTHENTICATION_TOKEN|EXPIRED_TOKEN|INVALID_SIGNATURE)\b/,
        said: { means: 'unauthorized', unsure: true },
        example: 'Gateway response type: UNAUTHORIZED with status code: 401',
        explains: 'API Gateway itself refused the handshake over who asks.',
      },
      {
        id: 'type-key',
        needle: 'Gateway response type',
        pattern: /\bGateway response type: INVALID_API_KEY\b/,
        said: { means: 'forbidden', status: 403 },
        example: 'Gateway response type: INVALID_API_KEY with status code: 403',
        explains:
          'The stage demands an API key, and the request has none that it knows. A browser cannot send x-api-key with a WebSocket.',
      },
      {
        id: 'type-throttled',
        needle: 'Gateway response type',
        pattern: /\bGateway response type: (?:THROTTLED|QUOTA_EXCEEDED)\b/,
        said: { means: 'rate-limited', status: 429 },
        example: 'Gateway response type: THROTTLED with status code: 429',
        explains: 'More requests than the stage, the account or the usage plan may have.',
      },
      {
        id: 'type-no-route',
        needle: 'Gateway response type',
        pattern: /\bGateway response type: RESOURCE_NOT_FOUND\b/,
        said: { means: 'no-route', status: 404 },
        example: 'Gateway response type: RESOURCE_NOT_FOUND with status code: 404',
        explains: 'API Gateway has no resource or stage at this address.',
      },
      {
        id: 'type-integration',
        needle: 'Gateway response type',
        pattern: /\bGateway response type: (?:INTEGRATION_FAILURE|API_CONFIGURATION_ERROR)\b/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        example: 'Gateway response type: INTEGRATION_FAILURE with status code: 504',
        explains: 'What the route leads to could not be called, or is set wrongly.',
      },
      {
        id: 'type-integration-late',
        needle: 'Gateway response type',
        pattern: /\bGateway response type: INTEGRATION_TIMEOUT\b/,
        said: { means: 'backend-timeout', status: 504 },
        example: 'Gateway response type: INTEGRATION_TIMEOUT with status code: 504',
        explains: 'What the route leads to did not answer within 29 s.',
      },
      {
        id: 'alb-auth',
        needle: '"Auth',
        pattern:
          /"(?:AuthInvalid(?:AWSALBAuthNonce|Cookie|Grant|IdToken|StateParam|UserinfoResponse)|AuthMissing(?:AWSALBAuthNonce|AuthorizationCode|HostHeader|StateParam)|AuthUnsupportedTokenType|AuthUserinfo(?:Endpoint|Response)\w{0,30}|AuthTokenEndpoint\w{0,30})"/,
        said: { means: 'unauthorized', unsure: true, status: 401 },
        example: '"-" "-" "AuthInvalidCookie" "-" "-"',
        explains: 'The rule of the load balancer that signs users in did not take the request.',
      },
      {
        id: 'alb-lambda',
        needle: '"Lambda',
        pattern:
          /"Lambda(?:AccessDenied|BadRequest|Connection(?:Error|Timeout)|EC2\w{0,40}|Invalid\w{0,20}|Response\w{0,20}|Throttling|Unhandled|\w{1,40})"/,
        said: { means: 'backend-bad-answer', unsure: true, status: 502 },
        example: '"-" "-" "LambdaUnhandled" "-" "-"',
        explains: 'The load balancer’s target is a function, which cannot hold a WebSocket, and failed.',
      },
    ]),
    ...phrasesOf(balancer, [
      {
        id: 'alb-464',
        needle: ' 464',
        pattern:
          /\b(?:HTTP(?: status)?(?: code)?:? |status(?: code)?[:=]? |code: |returned |got |error )464\b/i,
        said: { means: 'http-version', unsure: true, status: 464 },
        example: 'Error response from target group: HTTP status 464',
        explains:
          'AWS’s load balancer: the client’s version of HTTP does not fit that of the target group. A WebSocket needs a target group of HTTP1.',
      },
    ]),
  ],
})
