import { defineApplication, type Reading } from '#lib/applications/application.ts'
import { objectOf } from '#lib/applications/json.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js, ruby } from '#lib/text/languages.ts'

const REASONS: Readonly<Record<string, Reading>> = {
  unauthorized: {
    means: 'unauthorized',
    says: sentence`connect of ApplicationCable::Connection rejected the client`,
  },
  invalid_request: {
    means: 'origin-refused',
    says: sentence`the request is no WebSocket, or its Origin is not allowed`,
  },
  server_restart: { means: 'shutting-down', says: sentence`the server restarts` },
  remote: { means: 'closed-by-server', says: sentence`the application disconnected this user` },
}

function reads(message: string): Reading | undefined {
  const { type, reason } = objectOf(message) ?? {}
  if (type === 'reject_subscription')
    return { means: 'forbidden', says: sentence`the channel rejected the subscription` }
  return type === 'disconnect' && typeof reason === 'string' && Object.hasOwn(REASONS, reason)
    ? REASONS[reason]
    : undefined
}

export default defineApplication({
  id: 'actioncable',
  name: 'Action Cable',
  marks: {
    subprotocols: ['actioncable-v1-json'],
    usual: /\/cable\b/i,
    message: /^\{"type":"(?:welcome"\}$|ping","message":\d|disconnect","reason":|confirm_subscription")/,
  },
  words: ['actioncable', 'rails'],
  reads,

  fixes: {
    'authentication-required': () => ({
      summary: sentence`The connection’s own connect method rejected the client as unauthorized. Sign in on the page’s own host, so that its cookie is sent, or pass a token that connect finds.`,
      changes: [
        {
          program: 'rails',
          where: sentence`Rails, app/channels/application_cable/connection.rb`,
          text: ruby`def connect\n  self.current_user = User.find_by(id: cookies.encrypted[:user_id]) || reject_unauthorized_connection\nend`,
        },
        {
          program: 'browser',
          of: 'actioncable',
          where: sentence`In the page, where no cookie reaches the server: a short-lived token`,
          text: js`createConsumer(() => '/cable?token=' + freshToken())`,
        },
      ],
    }),
    'origin-rejected': ({ origin }) => ({
      summary: sentence`Allow the page’s origin in Rails, exactly as written: scheme, host and port.`,
      changes: [
        {
          program: 'rails',
          where: sentence`Rails, ActionCable`,
          text: ruby`config.action_cable.allowed_request_origins = [${ruby.string(origin)}]`,
        },
      ],
    }),
    'subprotocol-mismatch': ({ address }) => ({
      summary: sentence`Ask for the subprotocol actioncable-v1-json, as its client does.`,
      changes: [
        {
          program: 'browser',
          of: 'actioncable',
          where: sentence`In the page (a plain WebSocket); createConsumer asks for it by itself`,
          text: js`new WebSocket(${js.string(address)}, ['actioncable-v1-json', 'actioncable-unsupported'])`,
        },
      ],
    }),
  },

  source: 'https://guides.rubyonrails.org/action_cable_overview.html',
})
