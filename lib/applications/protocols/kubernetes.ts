import { defineApplication, type Reading } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

const REASON = /"reason":"(Unauthorized|Forbidden|NotFound|BadRequest|ServiceUnavailable)"/

/** A Status object: the body of a refusal, or a message of the error channel (3). */
function reads(message: string): Reading | undefined {
  const reason = REASON.exec(message.slice(0, 2000))?.[1]
  switch (reason) {
    case 'Unauthorized':
      return { means: 'unauthorized', says: sentence`the API server knows no user for this request` }
    case 'Forbidden':
      return { means: 'forbidden', says: sentence`this user may not do that: a role is missing` }
    case 'NotFound':
      return { means: 'no-route', says: sentence`there is no such pod or container` }
    case 'ServiceUnavailable':
      return { means: 'no-backend', says: sentence`the API server does not reach the node` }
    default:
      return undefined
  }
}

export default defineApplication({
  id: 'kubernetes',
  name: 'Kubernetes (exec, attach, port-forward)',
  marks: {
    subprotocols: [
      'v5.channel.k8s.io',
      'v4.channel.k8s.io',
      'v3.channel.k8s.io',
      'v2.channel.k8s.io',
      'channel.k8s.io',
      'base64.channel.k8s.io',
    ],
    address: /\/api\/v1\/namespaces\/[^/]{1,100}\/pods\/[^/]{1,260}\/(?:exec|attach|portforward|log)\b/,
    answer: /^\{\s{0,20}"kind":\s{0,4}"Status",\s{0,20}"apiVersion":\s{0,4}"v1"/,
  },
  words: [],
  reads,

  fixes: {
    'authentication-required': () => ({
      summary: sentence`Send a bearer token: as a header where the client can set one, or, in a page, as the subprotocol base64url.bearer.authorization.k8s.io.TOKEN beside v4.channel.k8s.io.`,
      changes: [
        {
          program: 'shell',
          of: 'kubernetes',
          where: sentence`On a machine with access: a token that ends in an hour`,
          text: shell`kubectl create token YOUR_SERVICE_ACCOUNT`,
        },
      ],
    }),
    forbidden: () => ({
      summary: sentence`Give the user a role that allows create (get, for WebSocket) on pods/exec in this namespace.`,
      changes: [
        {
          program: 'shell',
          of: 'kubernetes',
          where: sentence`On a machine with access: may it?`,
          text: shell`kubectl auth can-i get pods/exec --as YOUR_USER -n YOUR_NAMESPACE`,
        },
      ],
    }),
    'subprotocol-mismatch': () => ({
      summary: sentence`Ask for v5.channel.k8s.io or v4.channel.k8s.io: they carry stdin, stdout and errors on numbered channels.`,
      changes: [
        {
          program: 'shell',
          of: 'kubernetes',
          where: sentence`The same by kubectl, which speaks WebSocket from version 1.31 on`,
          text: shell`kubectl exec -it YOUR_POD -- sh`,
        },
      ],
    }),
  },

  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/',
})
