import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const strophe = 'https://github.com/strophe/strophejs/blob/master/src/websocket.js'
const jitsi = 'https://github.com/jitsi/lib-jitsi-meet/blob/master/modules/xmpp/xmpp.ts'
const talk = 'https://github.com/nextcloud/spreed/blob/main/src/utils/signaling.js'
const hpb =
  'https://github.com/strukturag/nextcloud-spreed-signaling/blob/master/docs/standalone-signaling-api-v1.md'

export default defineProgram({
  id: 'meetings',
  name: 'Jitsi Meet, Nextcloud Talk and BigBlueButton',
  side: 'client',
  phrases: [
    ...phrasesOf(strophe, [
      {
        id: 'strophe-closed',
        needle: 'Websocket closed unexpectedly',
        pattern: /\bWebsocket closed unexpectedly\b/i,
        said: { means: 'lost', application: 'xmpp' },
        example: 'Strophe: Websocket closed unexpectedly',
        explains: 'The WebSocket ended without an end of the XMPP stream.',
      },
      {
        id: 'strophe-failed',
        needle: 'could not be established or was disconnected',
        pattern: /\bThe WebSocket connection could not be established or was disconnected\b/,
        said: { means: 'lost', application: 'xmpp' },
        example: 'The WebSocket connection could not be established or was disconnected.',
        explains: 'Strophe got an error event: it did not open, or ended.',
      },
      {
        id: 'strophe-error',
        needle: 'Strophe: Websocket error',
        pattern: /\bStrophe: Websocket error\b/i,
        said: { means: 'nothing-said', application: 'xmpp' },
        example: 'Strophe: Websocket error [object Event]',
        explains: 'Strophe got an error event, which has no reason. The browser’s own line has it.',
      },
    ]),
    ...phrasesOf('https://github.com/avstack/gst-meet/blob/main/lib-gst-meet/src/colibri.rs', [
      {
        id: 'colibri-answered',
        needle: 'Failed to connect Colibri WebSocket',
        // A page or a 404: what has the path is the web server, and not the bridge.
        pattern: /\bFailed to connect Colibri WebSocket\b[^\n]{0,60}\bHttp\(Response \{ status: (200|404)\b/,
        said: ([, status]) => ({ means: 'no-route', unsure: true, status: Number(status) }),
        example:
          'WARN Failed to connect Colibri WebSocket, will retry: Http(Response { status: 404, version: HTTP/1.1, headers: {"server": "nginx"}, body: None })',
        explains:
          'The path of the video bridge, /colibri-ws/, does not lead to the bridge: the web server in front answered by itself.',
        fix: 'Add a location for /colibri-ws/ to the web server in front of Jitsi. It has to pass the upgrade to the video bridge, at port 9090 unless set otherwise. Without it the request gets the page of Jitsi Meet, or 404.',
      },
    ]),
    ...phrasesOf(jitsi, [
      {
        id: 'jitsi-ping',
        needle: 'Ping error threshold exceeded',
        pattern: /\bPing error threshold exceeded - killing the WebSocket\b/,
        said: { means: 'ping-timeout', application: 'xmpp' },
        example: 'Ping error threshold exceeded - killing the WebSocket',
        explains: 'The server answered no ping of XMPP, and the client gave up.',
      },
      {
        id: 'jitsi-dropped',
        needle: 'XMPP connection dropped',
        pattern: /\bXMPP connection dropped!/,
        said: { means: 'lost', application: 'xmpp' },
        example: 'Logger: XMPP connection dropped!',
        explains: 'The XMPP connection ended.',
      },
      {
        id: 'jitsi-channel',
        needle: 'Bridge Channel send: no opened channel',
        pattern: /\bBridge Channel send: no opened channel\b/,
        said: { means: 'used-too-early' },
        example: 'Bridge Channel send: no opened channel.',
        explains:
          'The client sends to the video bridge, and its WebSocket is not open: often /colibri-ws/ does not reach the bridge.',
      },
      {
        id: 'jitsi-channel-closed',
        needle: 'Channel closed: ',
        pattern: /\[BridgeChannel[^\n]{0,80}Channel closed: (\d{4}) ?([^\n]{0,123})/,
        said: ([, code, reason = '']) => ({
          means: code === '1006' ? ('lost' as const) : ('close' as const),
          close: { code: Number(code), reason, way: 'received' as const },
        }),
        example: '[JitsiMeetJS][BridgeChannel.js] <e.onclose>: Channel closed: 1001 Idle Timeout',
        explains: 'The WebSocket to the video bridge ended with this code.',
      },
    ]),
    ...phrasesOf(talk, [
      {
        id: 'talk-failed',
        needle: 'establish signaling connection',
        pattern: /\bFailed to establish signaling connection\b/,
        said: { means: 'never-opened' },
        example: 'Failed to establish signaling connection. Retrying …',
        explains:
          'The WebSocket to the signaling server did not open, or its first message was not answered.',
      },
      {
        id: 'talk-slow',
        needle: 'Establishing signaling connection is taking longer',
        pattern: /\bEstablishing signaling connection is taking longer than expected\b/,
        said: { means: 'connecting' },
        example: 'Establishing signaling connection is taking longer than expected …',
        explains: 'The handshake is not answered yet.',
      },
    ]),
    ...phrasesOf(hpb, [
      {
        id: 'talk-hello',
        needle: 'hello_expected',
        pattern: /\bhello_expected\b/,
        said: { means: 'first-message-missing' },
        side: 'server',
        example:
          '{"type":"error","error":{"code":"hello_expected","message":"Expected a \\"hello\\" message."}}',
        explains: 'The client did not send its hello first.',
      },
      {
        id: 'talk-ticket',
        needle: 'invalid_ticket',
        pattern:
          /\b(?:invalid_ticket|invalid_backend|invalid_hello_version|invalid_token|token_expired|auth_failed)\b(?="?,? ?"message")/,
        said: { means: 'unauthorized', phase: 'open' },
        side: 'server',
        example:
          '{"type":"error","error":{"code":"invalid_ticket","message":"The passed ticket is invalid"}}',
        explains:
          'The signaling server and Nextcloud do not share their secret, or the client’s ticket is old.',
      },
      {
        id: 'talk-no-session',
        needle: 'no_such_session',
        pattern: /\bno_such_session\b/,
        said: { means: 'session-unknown', unsure: true, phase: 'open' },
        side: 'server',
        example:
          '{"type":"error","error":{"code":"no_such_session","message":"The session to resume does not exist."}}',
        explains: 'The server does not know the session any more. The client starts a new one.',
      },
    ]),
  ],
})
