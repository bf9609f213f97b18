import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const dial = 'https://github.com/kubernetes/apimachinery/blob/master/pkg/util/proxy/dial.go'
const upgrade = 'https://github.com/kubernetes/apimachinery/blob/master/pkg/util/httpstream/httpstream.go'
const kubectl = 'https://github.com/kubernetes/client-go/blob/master/tools/remotecommand/'

export default defineProgram({
  id: 'kubernetes',
  name: 'Kubernetes API server and kubectl',
  side: 'proxy',
  mark: /\berror dialing backend: |\bunable to upgrade connection: |\bunable to upgrade: |\bupgradeaware\.go\b/,
  phrases: [
    ...phrasesOf('https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/', [
      {
        id: 'out-of-memory',
        needle: 'OOMKilled',
        pattern: /\bOOMKilled\b/,
        said: { means: 'process-ended' },
        side: 'server',
        example: '  Reason:       OOMKilled',
        explains: 'The container used more memory than its limit and was killed, with all its connections.',
        fix: 'Raise the container’s memory limit (resources.limits.memory), or find what leaks. Often messages wait for slow clients, or closed connections stay in a list. The kernel kills with SIGKILL (exit code 137), at which no code can close connections.',
      },
      {
        id: 'stopping',
        needle: 'Stopping container',
        pattern: /\bStopping container [\w.-]{1,253}/,
        said: { means: 'shutting-down' },
        side: 'server',
        example: 'Normal   Killing    2m    kubelet    Stopping container web',
        explains:
          'The pod is stopped: a deployment, a scale-down, a node that is drained. Its connections end.',
      },
      {
        id: 'replaced',
        needle: [
          'ScalingReplicaSet',
          'SuccessfulDelete',
          'Evicted',
          'TaintManagerEviction',
          'NodeShutdown',
          'Preempt',
        ],
        pattern:
          /\bScalingReplicaSet\b[^\n]{1,200}\bScaled down\b|\bSuccessfulDelete\b|\b(?:Evicted|TaintManagerEviction|NodeShutdown|Preempt(?:ed|ing))\s{1,12}(?:\S{1,8}\s{1,12})?\S{1,253}/,
        said: { means: 'shutting-down', unsure: true },
        side: 'server',
        example:
          'Normal   ScalingReplicaSet   deployment/web   Scaled down replica set web-6f8d5b7c9d to 0 from 1',
        explains:
          'Pods were taken away: a deployment, a scale-down, a node that is drained or full. Their connections end.',
      },
      {
        id: 'liveness',
        needle: 'failed liveness probe',
        pattern: /\bfailed liveness probe, will be restarted\b/,
        said: { means: 'shutting-down' },
        side: 'server',
        example: 'Container web failed liveness probe, will be restarted',
        explains: 'The container did not answer its liveness probe, and is restarted. Its connections end.',
      },
    ]),
    ...phrasesOf(dial, [
      {
        id: 'backend-refused',
        needle: 'error dialing backend',
        pattern:
          /\berror dialing backend: [^\n]{0,200}\b(?:connection refused|no route to host|unreachable)\b/,
        said: { means: 'backend-refused' },
        example:
          'Error from server: error dialing backend: dial tcp 10.0.0.5:10250: connect: connection refused',
        explains: 'The API server reached the node, and the kubelet does not accept connections.',
      },
      {
        id: 'backend-timeout',
        needle: 'error dialing backend',
        pattern: /\berror dialing backend: [^\n]{0,200}\b(?:i\/o timeout|deadline exceeded|timed out)\b/,
        said: { means: 'backend-timeout' },
        example: 'Error from server: error dialing backend: dial tcp 10.0.0.5:10250: i/o timeout',
        explains:
          'The API server gets no answer from the kubelet at port 10250: a firewall between them, or a node that is down.',
      },
      {
        id: 'backend-unresolved',
        needle: 'error dialing backend',
        pattern: /\berror dialing backend: [^\n]{0,200}\bno such host\b/,
        said: { means: 'backend-unresolved' },
        example:
          'Error from server: error dialing backend: dial tcp: lookup node-1 on 10.0.0.10:53: no such host',
        explains: 'The API server cannot resolve the node’s name.',
      },
      {
        id: 'backend-tls',
        needle: 'error dialing backend',
        pattern: /\berror dialing backend: [^\n]{0,200}\b(?:tls: |x509: )/,
        said: { means: 'backend-bad-answer' },
        example: 'Error from server: error dialing backend: remote error: tls: internal error',
        explains:
          'TLS between the API server and the kubelet fails. The kubelet often has no serving certificate yet.',
      },
      {
        id: 'no-agent',
        needle: ['o agent available', 'Failed to get a backend'],
        pattern: /\berror dialing backend: [^\n]{0,80}\bNo agent available\b|\bFailed to get a backend\b/,
        said: { means: 'no-backend' },
        example: 'Error from server: error dialing backend: No agent available',
        explains: 'No konnectivity agent is connected to the API server, so it has no way to the nodes.',
      },
      {
        id: 'backend-closed',
        needle: 'error dialing backend',
        pattern: /\berror dialing backend: (?:EOF|[^\n]{0,200}\bconnection reset by peer)\b/,
        said: { means: 'backend-closed' },
        example: 'Error from server: error dialing backend: EOF',
        explains: 'The kubelet, or the tunnel to it, closed the connection.',
      },
      {
        id: 'scheme',
        needle: 'error dialing backend',
        pattern: /\berror dialing backend: unknown scheme: wss?\b/,
        said: { means: 'upgrade-not-allowed' },
        example: 'error: unable to upgrade connection: error dialing backend: unknown scheme: ws',
        explains: 'This API server does not speak WebSocket for exec: versions before 1.29 speak SPDY.',
      },
      {
        id: 'backend-to-client',
        needle: 'data from',
        pattern: /\bError proxying data from (?:backend to client|client to backend)\b/,
        said: { means: 'dropped' },
        example:
          'E0501 10:00:00.000000 1 upgradeaware.go:447] Error proxying data from backend to client: read tcp 10.0.0.1:443->10.0.0.5:10250: use of closed network connection',
        explains: 'The tunnel that the API server holds was cut on one side.',
      },
    ]),
    ...phrasesOf(upgrade, [
      {
        id: 'header-missing',
        needle: 'unable to upgrade: header',
        pattern:
          /\bunable to upgrade: header (?:Upgrade|Connection) (?:does not exist|is empty|\S{1,40} is empty)/,
        said: { means: 'upgrade-missing' },
        example: 'unable to upgrade: header Upgrade does not exist in request with 5 headers',
        explains: 'The request has no Upgrade header. A proxy before the API server left it out.',
      },
      {
        id: 'missing-headers',
        needle: 'unable to upgrade',
        pattern: /\bunable to upgrade: missing upgrade headers in request\b/,
        said: { means: 'upgrade-missing' },
        example:
          'unable to upgrade: missing upgrade headers in request: http.Header{"Accept":[]string{"*/*"}}',
        explains: 'The request has no Upgrade header. A proxy before the API server left it out.',
      },
      {
        id: 'protocols',
        needle: 'unable to upgrade',
        pattern:
          /\bunable to upgrade: (?:unable to negotiate protocol: client supports|header [\w-]{1,40} contains [^\n]{1,120}, but no valid protocols)/,
        said: { means: 'application-protocol', application: 'kubernetes' },
        example:
          'unable to upgrade: unable to negotiate protocol: client supports [v4.channel.k8s.io], server accepts [v5.channel.k8s.io]',
        explains: 'Client and server share no version of the exec protocol.',
      },
      {
        id: 'status',
        needle: 'invalid upgrade response',
        pattern: /\binvalid upgrade response: status code (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example: 'error: unable to upgrade connection: invalid upgrade response: status code 200',
        explains: 'The node answered the upgrade with this status in place of 101.',
      },
      {
        id: 'hijack',
        needle: 'cannot be hijacked',
        pattern: /\brequest connection cannot be hijacked\b/,
        said: { means: 'no-websocket-support' },
        example: 'request connection cannot be hijacked: *http.timeoutWriter',
        explains: 'A handler before the upgrade hides the connection.',
      },
    ]),
    ...phrasesOf(kubectl, [
      {
        id: 'unauthorized',
        needle: 'unable to upgrade connection',
        pattern: /\bunable to upgrade connection: Unauthorized\b/,
        said: { means: 'unauthorized' },
        side: 'server',
        example: 'error: unable to upgrade connection: Unauthorized',
        explains:
          'The kubelet did not accept the API server’s credentials, or the API server not those of the user.',
      },
      {
        id: 'forbidden',
        needle: 'unable to upgrade connection',
        pattern: /\bunable to upgrade connection: Forbidden\b/,
        said: { means: 'forbidden', status: 403 },
        side: 'server',
        example:
          'error: unable to upgrade connection: Forbidden (user=kube-apiserver, verb=create, resource=nodes, subresource=proxy)',
        explains:
          'A role that allows this verb is missing: pods/exec for the user, nodes/proxy for the API server.',
      },
      {
        id: 'verb-get',
        needle: 'cannot get resource',
        pattern:
          /(?:\bUser \\{0,4}"[^"\\\n]{1,200}\\{0,4}" )?\bcannot get resource \\{0,4}"pods\/(?:exec|attach|portforward)\\{0,4}"(?: in API group\b[^\n]{0,200})?/,
        said: { means: 'forbidden', status: 403 },
        side: 'server',
        example:
          'Error from server (Forbidden): pods "web-0" is forbidden: User "dev" cannot get resource "pods/exec" in API group "" in the namespace "prod"',
        explains:
          'RBAC refuses the verb get. Over WebSocket, exec, attach and port-forward begin with a GET; over SPDY it was a POST, which the verb create allows.',
        fix: 'Add the verb get to the rule of the Role that has pods/exec, pods/attach or pods/portforward, beside create. Until then KUBECTL_REMOTE_COMMAND_WEBSOCKETS=false (KUBECTL_PORT_FORWARD_WEBSOCKETS=false) makes kubectl ask over SPDY.',
      },
      {
        id: 'verb',
        needle: 'cannot ',
        pattern:
          /\bUser \\{0,4}"[^"\\\n]{1,200}\\{0,4}" cannot \w{1,30} resource \\{0,4}"[\w./-]{1,80}\\{0,4}" in API group\b/,
        said: { means: 'forbidden', status: 403 },
        side: 'server',
        example:
          'Error from server (Forbidden): pods "web-0" is forbidden: User "dev" cannot create resource "pods/portforward" in API group "" in the namespace "prod"',
        explains:
          'RBAC refuses: no Role or ClusterRole that is bound to this user has the verb for this resource.',
        fix: 'Bind a Role to this user that has the verb and the resource of the message; kubectl auth can-i tells whether it does.',
      },
      {
        id: 'not-logged-in',
        needle: 'You must be logged in to the server',
        pattern: /\bYou must be logged in to the server(?: \([^)\n]{1,200}\))?/,
        said: { means: 'unauthorized', status: 401 },
        side: 'server',
        example: 'error: You must be logged in to the server (Unauthorized)',
        explains:
          'The API server does not accept the credentials of the kubeconfig: they expired, or are another cluster’s.',
      },
      {
        id: 'no-pod',
        needle: 'unable to upgrade connection',
        pattern: /\bunable to upgrade connection: (?:pod does not exist|container not found|pod not found)/,
        said: { means: 'no-route', status: 404 },
        side: 'server',
        example: 'error: unable to upgrade connection: pod does not exist',
        explains: 'The node that was asked does not run this pod or container.',
      },
      {
        id: 'status-object',
        needle: '"status":"Failure"',
        // What RBAC says in it is a phrase of its own.
        pattern:
          /"status":"Failure"(?![^\n]{0,400}\bcannot \w{1,30} resource\b)[^\n]{0,1200}"code":([45]\d\d)\b/,
        said: ([, status]) => saidOfStatus(status),
        example:
          '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pod web-0 does not have a host assigned","reason":"BadRequest","code":400}',
        explains: 'The API server refused the request, and says why in its message.',
      },
      {
        id: 'upgrade-required',
        needle: 'Upgrade request required',
        pattern: /\bUpgrade request required\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'Upgrade request required',
        explains:
          'The API server’s 400: the request did not arrive as an upgrade. A proxy or load balancer before it speaks HTTP/2 or drops the header.',
      },
      {
        id: 'no-stdio',
        needle: 'must specify at least 1 of',
        pattern: /\byou must specify at least 1 of stdin, stdout, stderr\b/,
        said: { means: 'application-protocol', application: 'kubernetes' },
        side: 'server',
        example: 'error: unable to upgrade connection: you must specify at least 1 of stdin, stdout, stderr',
        explains: 'The query of the exec request did not arrive: a proxy or a library left it out.',
      },
      {
        id: 'ping-failed',
        needle: 'Websocket Ping failed',
        pattern: /\bWebsocket Ping failed: /,
        said: { means: 'ping-timeout' },
        side: 'client',
        example: 'E0501 10:00:00.000000 1 websocket.go:512] Websocket Ping failed: i/o timeout',
        explains: 'kubectl’s own ping could not be written: the connection is dead.',
      },
      {
        id: 'ping-deadline',
        needle: ['ping', 'pong not received', 'pong deadline'],
        pattern: /\bpong (?:not received|deadline)|\bwebsocket: ping timeout\b/,
        said: { means: 'ping-timeout' },
        side: 'client',
        example: 'pong deadline exceeded: websocket: ping timeout',
        explains: 'kubectl’s own ping was not answered.',
      },
      {
        id: 'lost',
        needle: 'lost connection to pod',
        pattern: /\blost connection to pod\b/,
        said: { means: 'lost' },
        side: 'client',
        example: 'error: lost connection to pod',
        explains: 'The tunnel of kubectl port-forward or attach ended, and nothing says why.',
      },
      {
        id: 'stream-idle',
        needle: ['idle timeout', 'stream timeout', 'StreamingConnectionIdleTimeout'],
        pattern:
          /\bstream (?:idle )?timeout\b|\berror forwarding port \d{1,5} to pod[^\n]{0,200}\bidle timeout\b|\bStreamingConnectionIdleTimeout\b/,
        said: { means: 'idle-timeout' },
        side: 'server',
        example: 'error forwarding port 80 to pod abc, uid : stream idle timeout',
        explains: 'Nothing was sent for streamingConnectionIdleTimeout of the kubelet.',
      },
    ]),
  ],
})
