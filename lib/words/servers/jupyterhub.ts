import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const proxy = 'https://github.com/jupyterhub/configurable-http-proxy/blob/main/lib/configproxy.js'
const hub = 'https://github.com/jupyterhub/jupyterhub/blob/main/jupyterhub/handlers/base.py'

export default defineProgram({
  id: 'jupyterhub',
  name: 'JupyterHub and its proxy',
  side: 'server',
  mark: /\bJupyterHub\b|\[ConfigProxy\]/,
  phrases: [
    ...phrasesOf(proxy, [
      {
        id: 'refused',
        needle: '503 GET ',
        pattern: /\b503 GET \S{1,1000} connect (?:ECONNREFUSED|EHOSTUNREACH) (\S{3,60})/,
        said: { means: 'backend-refused', status: 503 },
        side: 'proxy',
        example:
          'error: [ConfigProxy] 503 GET /user/ada/api/kernels/7/channels connect ECONNREFUSED 127.0.0.1:43211',
        explains: 'The user’s server does not listen: it is stopped, or was culled.',
      },
      {
        id: 'closed',
        needle: '503 GET ',
        pattern: /\b503 GET \S{1,1000} (?:read ECONNRESET|socket hang up)\b/,
        said: { means: 'backend-closed', status: 503 },
        side: 'proxy',
        example: 'error: [ConfigProxy] 503 GET /user/ada/api/kernels/7/channels socket hang up',
        explains: 'The user’s server ended the connection without an answer.',
      },
      {
        id: 'timeout',
        needle: 'ETIMEDOUT',
        pattern: /\b503 GET \S{1,1000} connect ETIMEDOUT\b/,
        said: { means: 'backend-timeout', status: 503 },
        side: 'proxy',
        example:
          'error: [ConfigProxy] 503 GET /user/ada/api/kernels/7/channels connect ETIMEDOUT 10.0.0.9:8888',
        explains: 'The machine of the user’s server does not answer.',
      },
      {
        id: 'no-route',
        needle: '[ConfigProxy] 404',
        pattern: /\[ConfigProxy\] 404 GET \S{1,1000}/,
        said: { means: 'no-route', status: 404 },
        side: 'proxy',
        example: 'error: [ConfigProxy] 404 GET /user/ada/api/kernels/7/channels ',
        explains:
          'The proxy has no route for this path: the user’s server was never started, or the hub forgot it.',
      },
    ]),
    ...phrasesOf(hub, [
      {
        id: 'not-running',
        needle: 'to not-running server',
        pattern: /\bFailing suspected API request to not-running server: \S{1,1000}/,
        said: { means: 'no-backend', status: 424 },
        example:
          '[W 2024-05-01 10:00:00.000 JupyterHub base:1700] Failing suspected API request to not-running server: /hub/user/ada/api/kernels/7/channels',
        explains: 'The user’s server does not run, and its page still asks for it.',
      },
      {
        id: 'culled',
        needle: 'Culling ',
        pattern: /\bCulling (?:server|kernel) \S{1,80}[^\n]{0,120}/,
        said: { means: 'shutting-down', unsure: true },
        example: 'Culling kernel 3cb287ba (python3) due to 3600 seconds of inactivity.',
        explains: 'The hub or server stops what was idle for a time, and its connections end.',
      },
      {
        id: 'blocked-cors',
        needle: 'Blocking Cross Origin API request',
        pattern: /\bBlocking Cross Origin API request for \S{1,500}/,
        said: { means: 'origin-refused', status: 403 },
        example:
          'Blocking Cross Origin API request for /user/ada/api/kernels.  Origin: https://app.example, Host: hub.example',
        explains: 'The page’s Origin is not the host of the server.',
      },
      {
        id: 'xsrf',
        needle: "'_xsrf' argument",
        pattern: /'_xsrf' argument (?:missing from (?:GET|POST)|has invalid format)/,
        said: { means: 'forbidden', status: 403 },
        example: "403 GET /user/ada/api/kernels/7/channels: '_xsrf' argument missing from GET",
        explains:
          'The handshake has no token against forged requests: the page is older than the server, or its cookie is for another path.',
      },
    ]),
  ],
})
