import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'rails',
  name: 'Rails, Action Cable and Puma',
  side: 'server',
  mark: /\bActionCable\b|\bAction Cable\b/,
  phrases: [
    ...phrasesOf('https://github.com/rails/rails/blob/main/actioncable/lib/action_cable/connection/base.rb', [
      {
        id: 'origin',
        needle: 'Request origin not allowed',
        pattern: /Request origin not allowed: ?(\S{0,255})/i,
        said: ([, origin = '']) => ({ means: 'origin-refused', ...(origin !== '' && { origin }) }),
        example: 'Request origin not allowed: http://app.example',
        explains:
          'The page’s Origin is not in config.action_cable.allowed_request_origins. The answer is 404.',
      },
      {
        id: 'unauthorized',
        needle: 'An unauthorized connection attempt was rejected',
        pattern: /An unauthorized connection attempt was rejected/i,
        said: { means: 'unauthorized' },
        example: 'An unauthorized connection attempt was rejected',
        explains: 'reject_unauthorized_connection was called: the cookie or token is missing or not valid.',
      },
      {
        id: 'failed-upgrade',
        needle: 'Failed to upgrade to WebSocket',
        pattern:
          /Failed to upgrade to WebSocket \(REQUEST_METHOD: [A-Z]{0,10}, HTTP_CONNECTION: ?[^,\n]{0,80}, HTTP_UPGRADE: ?[^)\n]{0,80}\)/i,
        said: { means: 'upgrade-missing' },
        example:
          'Failed to upgrade to WebSocket (REQUEST_METHOD: GET, HTTP_CONNECTION: close, HTTP_UPGRADE: )',
        explains: 'The request reached Rails without its Upgrade headers. A proxy before it removed them.',
      },
      {
        id: 'registered',
        needle: 'Successfully upgraded to WebSocket',
        pattern: /Successfully upgraded to WebSocket/i,
        said: { means: 'opened' },
        example:
          'Successfully upgraded to WebSocket (REQUEST_METHOD: GET, HTTP_CONNECTION: Upgrade, HTTP_UPGRADE: websocket)',
        explains: 'The handshake was accepted.',
      },
      {
        id: 'no-route',
        needle: 'No route matches',
        pattern: /No route matches \[GET\] "(\/[^"\n]{0,200})"/i,
        said: { means: 'no-route' },
        example: 'ActionController::RoutingError (No route matches [GET] "/cable")',
        explains: 'Action Cable is not mounted at this path.',
      },
    ]),
  ],
})
