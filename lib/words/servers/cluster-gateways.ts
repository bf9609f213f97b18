/** What the controllers of a cluster’s entrance say of routes and services: ingress-nginx, the Gateway API, Linkerd. */
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const controller =
  'https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/controller/controller.go'
const conditions = 'https://github.com/kubernetes-sigs/gateway-api/blob/main/apis/v1/httproute_types.go'
const linkerd = 'https://github.com/linkerd/linkerd2/blob/main/web/srv/server.go'

export default defineProgram({
  id: 'cluster-gateways',
  name: 'Ingress controllers and the Gateway API',
  side: 'proxy',
  mark: /\bgateway\.networking\.k8s\.io\b|\bcontroller\.go:\d/,
  phrases: [
    ...phrasesOf(controller, [
      {
        id: 'no-endpoint',
        needle: 'have any active endpoint',
        pattern: /\bservice "?[\w./-]{1,253}"? does not have any active endpoints?\b/i,
        // Said at each start and each rollout, too, until the first pod is ready.
        said: { means: 'no-backend', unsure: true, status: 503 },
        example: 'Service "prod/chat" does not have any active Endpoint.',
        explains: 'No pod of this service is ready, or its selector fits none. ingress-nginx answers 503.',
        fix: 'Look at the pods behind the service that the line names: kubectl get endpointslices shows none that is ready. Compare the selector and targetPort of the service with the labels and port of the pods, and look at their readiness.',
      },
      {
        id: 'endpoints-unknown',
        needle: ['Error obtaining Endpoints for Service', 'Error obtaining service', 'error getting service'],
        pattern:
          /\bError obtaining Endpoints for Service "[\w./-]{1,253}"|\berror (?:obtaining service endpoints: error )?getting service "?[\w./-]{1,253}"?(?: from the cache)?: |\bError obtaining service "?[\w./-]{1,253}/i,
        said: { means: 'no-backend', unsure: true, status: 503 },
        example:
          'Error obtaining Endpoints for Service "prod/chat": no object matching key "prod/chat" in local store',
        explains:
          'The Ingress names a service that does not exist in its namespace. ingress-nginx answers 503.',
        fix: 'Correct the name of the service in the Ingress: it has to exist in the namespace of the Ingress.',
      },
      {
        id: 'ingress-ignored',
        needle: ['ingress does not contain a valid IngressClass', 'Ignoring ingress because of error'],
        pattern:
          /\bingress does not contain a valid IngressClass\b|\bIgnoring ingress because of error while validating ingress class\b/i,
        said: { means: 'no-route', unsure: true, status: 404 },
        example:
          '"Ignoring ingress because of error while validating ingress class" ingress="prod/chat" error="ingress does not contain a valid IngressClass"',
        explains: 'This controller does not serve the Ingress: its class is another one, or it has none.',
        fix: 'Give the Ingress the ingressClassName of the controller that should serve it: kubectl get ingressclass lists them.',
      },
    ]),
    ...phrasesOf(conditions, [
      {
        id: 'unsupported-protocol',
        needle: ['UnsupportedProtocol', 'appProtocol'],
        pattern:
          /\breason: {1,30}"?UnsupportedProtocol\b|\bappProtocol "?[\w./-]{1,80}"? (?:requires|is not supported|not supported|is unsupported|is not compatible|is incompatible)\b/i,
        said: { means: 'upgrade-not-allowed', status: 500 },
        example: '      Reason:                UnsupportedProtocol',
        explains:
          'The gateway does not speak the appProtocol of the service’s port, and answers 500 for this backend.',
        fix: 'Set appProtocol of the service’s port to kubernetes.io/ws, or remove it. For kubernetes.io/wss add the BackendTLSPolicy that the gateway needs for TLS to its backend.',
      },
      {
        id: 'backend-not-found',
        needle: ['BackendNotFound', 'RefNotPermitted', 'InvalidKind'],
        pattern: /\breason: {1,30}"?(?:BackendNotFound|RefNotPermitted|InvalidKind)\b/i,
        // Of one rule of the route: others may have their backend.
        said: { means: 'no-backend', unsure: true, status: 500 },
        example: '      Reason:                BackendNotFound',
        explains:
          'A backend of the route is not resolved: it does not exist, or a ReferenceGrant is missing. The gateway answers 500.',
        fix: 'Correct the backendRefs of the route: name, namespace and port of a service that exists. For one in another namespace, add a ReferenceGrant there.',
      },
      {
        id: 'route-not-accepted',
        needle: ['NotAllowedByListeners', 'NoMatchingListenerHostname', 'NoMatchingParent'],
        pattern: /\breason: {1,30}"?(?:NotAllowedByListeners|NoMatchingListenerHostname|NoMatchingParent)\b/i,
        said: { means: 'no-route', status: 404 },
        example: '      Reason:                NoMatchingListenerHostname',
        explains: 'The gateway did not take the route: no listener has its host, or allows its namespace.',
        fix: 'Compare the hostnames and parentRefs of the route with the listeners of the gateway, and the namespace of the route with their allowedRoutes.',
      },
    ]),
    ...phrasesOf(linkerd, [
      {
        id: 'linkerd-host',
        needle: ['trying to reach this service with a host of', 'linkerd.io/dns-rebinding'],
        pattern:
          /\btrying to reach this service with a host of '[^'\n]{1,253}'|\blinkerd\.io\/dns-rebinding\b/,
        said: { means: 'forbidden', status: 400 },
        side: 'server',
        example: "It appears that you are trying to reach this service with a host of 'viz.example'.",
        explains:
          'Linkerd’s dashboard takes only the hosts of enforcedHostRegexp, so that no other site’s name leads to it.',
        fix: 'Let the ingress send the Host that Linkerd’s dashboard expects, web.linkerd-viz.svc.cluster.local:8084, or set dashboard.enforcedHostRegexp of linkerd-viz to this host.',
      },
    ]),
  ],
})
