import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const n8n = 'https://github.com/n8n-io/n8n/blob/master/packages/cli/src/push/index.ts'
const grafana = 'https://grafana.com/docs/grafana/latest/setup-grafana/set-up-grafana-live/'
const collabora = 'https://github.com/CollaboraOnline/online/blob/main/wsd/COOLWSD.cpp'
const nodeRed =
  'https://github.com/node-red/node-red/blob/master/packages/node_modules/@node-red/editor-client/src/js/comms.js'
const portainer = 'https://github.com/portainer/portainer/blob/develop/api/http/csrf/csrf.go'
const hasura = 'https://hasura.io/docs/2.0/auth/authentication/jwt/'
const directus = 'https://github.com/directus/directus/blob/main/api/src/websocket/controllers/base.ts'
const appwrite = 'https://github.com/appwrite/appwrite/blob/main/app/realtime.php'
const dashboard = 'https://github.com/kubernetes/dashboard/blob/master/modules/api/pkg/handler/terminal.go'
const gradio = 'https://github.com/gradio-app/gradio/blob/main/js/core/src/Blocks.svelte'
const proxmox = 'https://pve.proxmox.com/wiki/Web_Interface_Via_Nginx_Proxy'
const octoprint = 'https://github.com/OctoPrint/OctoPrint/blob/master/src/octoprint/server/util/sockjs.py'
const mojo = 'https://github.com/mojolicious/mojo/blob/main/lib/Mojo/Server/Daemon.pm'
const odoo = 'https://github.com/odoo/odoo/blob/17.0/addons/bus/websocket.py'

export default defineProgram({
  id: 'applications',
  name: 'Programs with a page of their own (n8n, Portainer, Hasura, Directus …)',
  side: 'server',
  phrases: [
    ...phrasesOf(n8n, [
      {
        id: 'n8n-origin',
        needle: 'Origin header does NOT match the expected origin',
        pattern: /\bOrigin header does NOT match the expected origin\. \(Origin: "([^"\n]{0,512})"/,
        said: ([, origin]) => ({ means: 'origin-refused' as const, ...(origin && { origin }) }),
        example:
          'Origin header does NOT match the expected origin. (Origin: "https://n8n.example", Expected: "http://n8n.example")',
        explains:
          'n8n compares the page’s Origin with the scheme and host that its proxy passes on: X-Forwarded-Proto and X-Forwarded-Host are missing or wrong.',
      },
      {
        id: 'n8n-invalid',
        needle: 'Invalid origin!',
        pattern: /\bInvalid origin!/,
        said: { means: 'origin-refused' },
        example: 'ResponseError: Invalid origin!',
        explains: 'n8n did not take the page’s Origin.',
      },
      {
        id: 'n8n-push',
        needle: '"pushRef" is missing',
        pattern: /\bThe query parameter "pushRef" is missing!/,
        said: { means: 'no-route', status: 400 },
        example: 'The query parameter "pushRef" is missing!',
        explains: 'The address has no pushRef: the client is not a page of n8n, or a proxy cut the query.',
      },
    ]),
    ...phrasesOf(grafana, [
      {
        id: 'grafana-origin',
        needle: 'Request Origin is not authorized',
        pattern:
          /\bmsg="Request Origin is not authorized" logger=live\b(?:[^\n]{0,200}?\borigin=(\S{1,512}))?[^\n]{0,600}/,
        said: ([, origin]) => ({
          means: 'origin-refused',
          status: 403,
          application: 'grafana',
          ...(origin && { origin }),
        }),
        example:
          't=2026-05-01T10:00:00+0000 lvl=warn msg="Request Origin is not authorized" logger=live origin=http://grafana.example:3000 appUrl=http://localhost:3000/ allowedOrigins=',
        explains:
          'The page’s Origin is neither root_url of grafana.ini nor in allowed_origins of its section [live].',
      },
    ]),
    ...phrasesOf(collabora, [
      {
        id: 'collabora-old-http',
        needle: 'bad request: [GET /',
        pattern: /\bbad request: \[GET \/(?:cool|lool)\/\S{0,1000} HTTP\/1\.0\b/,
        said: { means: 'http-version' },
        example:
          'ERR #26: bad request: [GET /cool/ws?WOPISrc=https HTTP/1.0#015...]: Invalid or unknown request.| wsd/COOLWSD.cpp:3958',
        explains:
          'Collabora got the handshake as HTTP/1.0, in which nothing is upgraded: a proxy before it asks so.',
      },
      {
        id: 'collabora-bad-request',
        needle: 'bad request: [GET /',
        pattern: /\bbad request: \[GET \/(?:cool|lool)\/\S{0,1000} HTTP\/1\.1\b/,
        said: { means: 'upgrade-missing', unsure: true },
        example:
          'ERR #26: bad request: [GET /cool/ws?WOPISrc=https HTTP/1.1#015...]: Invalid or unknown request.| wsd/COOLWSD.cpp:3958',
        explains:
          'Collabora took the handshake for a page’s request: it lacks the upgrade, or the path is not the one that it knows.',
      },
    ]),
    ...phrasesOf('https://github.com/CollaboraOnline/online/blob/main/wsd/ClientRequestDispatcher.cpp', [
      {
        id: 'collabora-unknown-request',
        needle: 'Invalid or unknown request',
        pattern: /\bInvalid or unknown request\.?\| ?wsd\//,
        said: { means: 'upgrade-missing', unsure: true, status: 400 },
        example: 'ERR  #31: Invalid or unknown request.| wsd/ClientRequestDispatcher.cpp:1330',
        explains:
          'Collabora took the handshake for a page’s request: it lacks the upgrade, or the path is not the one that it knows.',
      },
    ]),
    ...phrasesOf(nodeRed, [
      {
        id: 'node-red-lost',
        needle: 'Lost connection to server',
        pattern: /\bLost connection to server, reconnecting in \d{1,5} ?s\b/,
        said: { means: 'lost' },
        side: 'client',
        example: 'Lost connection to server, reconnecting in 5s. Try now',
        explains: 'The editor’s WebSocket (/comms) ended, or did not open.',
      },
    ]),
    ...phrasesOf(portainer, [
      {
        id: 'csrf-origin',
        needle: 'Forbidden - ',
        pattern: /\bForbidden - (?:origin|referer) (?:invalid|not supplied)\b/i,
        said: { means: 'origin-refused', status: 403 },
        example: 'Forbidden - origin invalid',
        explains:
          'The check against forged requests does not take the page’s Origin: the host or scheme that the proxy passes on is another.',
      },
    ]),
    ...phrasesOf(hasura, [
      {
        id: 'hasura-jwt',
        needle: 'Could not verify JWT',
        pattern:
          /\bCould not verify JWT: (?:JWTExpired|JWSError \w{1,40}|JWTNotInAudience|JWTNotInIssuer|JWT\w{1,30})?/,
        said: { means: 'unauthorized' },
        example: '{"type":"connection_error","payload":"Could not verify JWT: JWTExpired"}',
        explains: 'The token in connection_init ran out, or was signed with another key.',
      },
      {
        id: 'hasura-init',
        needle: 'connection_init failed with',
        pattern: /\bcannot start as connection_init failed with ?: /,
        said: { means: 'unauthorized', unsure: true },
        example: 'cannot start as connection_init failed with: Malformed Authorization header',
        explains: 'The server did not take what connection_init brought, and refuses all operations for it.',
      },
      {
        id: 'hasura-no-token',
        needle: 'in JWT authentication mode',
        pattern:
          /\bMissing (?:'?Authorization'?|'Authorization' or 'Cookie') header in JWT authentication mode\b/,
        said: { means: 'unauthorized' },
        // In the reason of the Close frame, or in a message: it is the client that prints it.
        side: 'client',
        example: "Missing 'Authorization' or 'Cookie' header in JWT authentication mode",
        explains: 'The connection_init has no token.',
      },
      {
        id: 'hasura-bad-secret',
        needle: 'x-hasura-admin-secret',
        pattern: /\binvalid \\?"?x-hasura-admin-secret\b/,
        said: { means: 'unauthorized' },
        // In the reason of the Close frame, or in a message: it is the client that prints it.
        side: 'client',
        example: 'invalid x-hasura-admin-secret/x-hasura-access-key',
        explains: 'The admin secret is another.',
      },
      {
        id: 'hasura-secret',
        needle: 'required, but not found',
        pattern: /\bx-hasura-(?:admin-secret|access-key)\\?"\/?"?[^\n]{0,40}required, but not found\b/,
        said: { means: 'unauthorized' },
        // In the reason of the Close frame, or in a message: it is the client that prints it.
        side: 'client',
        example: '"x-hasura-admin-secret"/"x-hasura-access-key" required, but not found',
        explains: 'The connection_init has no token and no admin secret.',
      },
      {
        id: 'hasura-start',
        needle: 'before the connection is initialised',
        pattern: /\bstart received before the connection is initialised\b/,
        said: { means: 'application-protocol', unsure: true },
        example:
          '{"type":"connection_error","payload":"start received before the connection is initialised"}',
        explains: 'The client sent a query before connection_init was taken.',
      },
      {
        id: 'hasura-hook',
        needle: 'Authentication hook unauthorized this request',
        pattern: /\bAuthentication hook unauthorized this request\b/,
        said: { means: 'unauthorized' },
        example: 'Authentication hook unauthorized this request',
        explains: 'The webhook that checks who asks said no.',
      },
    ]),
    ...phrasesOf(directus, [
      {
        id: 'directus-timeout',
        needle: 'AUTH_TIMEOUT',
        pattern: /"AUTH_TIMEOUT"/,
        said: { means: 'first-message-missing' },
        example:
          '{"type":"auth","status":"error","error":{"code":"AUTH_TIMEOUT","message":"Authentication timed out."}}',
        explains: 'The client did not send its credentials in time.',
      },
      {
        id: 'directus-failed',
        needle: 'AUTH_FAILED',
        pattern: /"AUTH_FAILED"/,
        said: { means: 'unauthorized', phase: 'open' },
        example:
          '{"type":"auth","status":"error","error":{"code":"AUTH_FAILED","message":"Authentication failed."}}',
        explains: 'The credentials or the token are not valid.',
      },
      {
        id: 'directus-expired',
        needle: 'TOKEN_EXPIRED',
        pattern: /"type": ?"auth"[^\n]{0,120}"TOKEN_EXPIRED"/,
        said: { means: 'unauthorized', phase: 'open' },
        example:
          '{"type":"auth","status":"error","error":{"code":"TOKEN_EXPIRED","message":"Token expired."}}',
        explains: 'The token ran out while the connection was open.',
      },
    ]),
    ...phrasesOf(appwrite, [
      {
        id: 'appwrite-origin',
        needle: 'Register your new client',
        pattern:
          /\bInvalid Origin\. Register your new client \(([^()\n]{1,255})\) as a new \w{1,40} platform\b/,
        said: ([, origin = '']) => ({ means: 'origin-refused' as const, origin }),
        example:
          '{"type":"error","data":{"code":1008,"message":"Invalid Origin. Register your new client (app.example) as a new Web platform on your project console dashboard"}}',
        explains: 'The page’s host is not among the platforms of the project.',
      },
      {
        id: 'appwrite-channels',
        needle: 'Missing channels',
        pattern: /"message": ?"Missing channels"/,
        said: { means: 'application-protocol', unsure: true },
        example: '{"type":"error","data":{"code":1008,"message":"Missing channels"}}',
        explains: 'The address names no channels: a proxy may have cut the query.',
      },
      {
        id: 'appwrite-project',
        needle: 'Missing or unknown project ID',
        pattern: /\bMissing or unknown project ID\b/,
        said: { means: 'no-route' },
        example: '{"type":"error","data":{"code":1008,"message":"Missing or unknown project ID"}}',
        explains: 'The address names no project, or none that the server has.',
      },
    ]),
    ...phrasesOf(dashboard, [
      {
        id: 'dashboard-session',
        needle: 'handleTerminalSession',
        pattern: /\bhandleTerminalSession: can't find session '[^'\n]{0,80}'/,
        said: { means: 'session-unknown', unsure: true },
        example: "handleTerminalSession: can't find session '3f1c2a'",
        explains:
          'The instance that answered did not make this terminal: several instances without sticky sessions.',
      },
      {
        id: 'dashboard-recv',
        needle: 'handleTerminalSession',
        pattern: /\bhandleTerminalSession: can't Recv: [^\n]{1,120}/,
        said: { means: 'lost' },
        example: "handleTerminalSession: can't Recv: sockjs: session not in open state",
        explains: 'The terminal’s connection ended before its first message.',
      },
    ]),
    ...phrasesOf(gradio, [
      {
        id: 'gradio-lost',
        needle: 'Connection ',
        pattern:
          /\bConnection errored out\b\.?|\bConnection to (?:the )?server (?:was )?lost\. Attempting reconnection\b/i,
        said: { means: 'lost' },
        side: 'client',
        example: 'Connection to server lost. Attempting reconnection...',
        explains: 'Gradio’s page lost its server: it stopped, or a proxy ended the connection.',
      },
    ]),
    ...phrasesOf(proxmox, [
      {
        id: 'proxmox-ticket',
        needle: 'invalid PVEVNC ticket',
        pattern: /\bpermission denied - invalid PVEVNC ticket\b/,
        said: { means: 'unauthorized', status: 401 },
        example: 'permission denied - invalid PVEVNC ticket',
        explains:
          'The ticket of the console is too old, or its characters were changed on the way by a proxy.',
      },
      {
        id: 'proxmox-timeout',
        needle: 'failed waiting for client',
        pattern: /\bfailed waiting for client: timed out\b/,
        said: { means: 'never-opened' },
        example:
          "TASK ERROR: command '/usr/bin/termproxy 5900 --path /nodes/pve --perm Sys.Console -- /bin/login -f root' failed: exit code 1: failed waiting for client: timed out",
        explains:
          'The console waited for the WebSocket of the page, and none came: a proxy before it does not pass the upgrade on.',
      },
    ]),
    ...phrasesOf(octoprint, [
      {
        id: 'octoprint-opened',
        needle: 'New connection from client',
        pattern: /\bsockjs\b[^\n]{0,40}\bNew connection from client: \S{2,60}/,
        said: { means: 'opened' },
        example:
          '2024-05-01 10:00:00,000 - octoprint.server.util.sockjs - INFO - New connection from client: 10.0.0.9',
        explains: 'A page is connected.',
      },
      {
        id: 'octoprint-ended',
        needle: 'Client connection closed',
        pattern: /\bsockjs\b[^\n]{0,40}\bClient connection closed: \S{2,60}/,
        said: { means: 'ended' },
        example:
          '2024-05-01 10:00:00,000 - octoprint.server.util.sockjs - INFO - Client connection closed: 10.0.0.9',
        explains: 'A page is gone. OctoPrint writes this for every one.',
      },
    ]),
    ...phrasesOf(odoo, [
      {
        id: 'odoo-evented-port',
        needle: ["Couldn't bind the websocket", 'opened on the evented port'],
        pattern:
          /\bCouldn't bind the websocket\. Is the connection opened on the evented port \(\d{1,5}\)|\bopened on the evented port \(\d{1,5}\)/,
        said: { means: 'no-websocket-support', application: 'odoo', unsure: true },
        example:
          "RuntimeError: Couldn't bind the websocket. Is the connection opened on the evented port (8172)?",
        explains:
          'Odoo’s port for pages has no WebSocket. The proxy must send the path /websocket (/longpolling before Odoo 16) to the port that the message names.',
      },
    ]),
    ...phrasesOf(mojo, [
      {
        id: 'mojo-inactivity',
        needle: 'Inactivity timeout',
        pattern: /\bInactivity timeout(?: \(see FAQ for more\))?(?= at |\.?$)/,
        said: { means: 'idle-timeout', unsure: true },
        example: '[trace] [kS9lGg] Inactivity timeout (see FAQ for more)',
        explains: 'Nothing was sent for inactivity_timeout: 30 s in Mojolicious, if it was not set.',
      },
      {
        id: 'mojo-premature',
        needle: 'Premature connection close',
        pattern: /\bPremature connection close\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example: 'WebSocket error: Premature connection close',
        explains: 'The server ended TCP without an answer.',
      },
    ]),
  ],
})
