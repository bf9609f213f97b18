/** Every cause there is, in the order in which a connection can fail. */
import type { Cause } from '#lib/playbook/cause.ts'
import applicationClose from '#lib/playbook/causes/application-close.ts'
import applicationProtocolMismatch from '#lib/playbook/causes/application-protocol-mismatch.ts'
import authenticationRequired from '#lib/playbook/causes/authentication-required.ts'
import backendDropped from '#lib/playbook/causes/backend-dropped.ts'
import backendHandshakeFailure from '#lib/playbook/causes/backend-handshake-failure.ts'
import backendUnreachable from '#lib/playbook/causes/backend-unreachable.ts'
import blockedPort from '#lib/playbook/causes/blocked-port.ts'
import browserOffline from '#lib/playbook/causes/browser-offline.ts'
import browserSocketLimit from '#lib/playbook/causes/browser-socket-limit.ts'
import clientPingTimeout from '#lib/playbook/causes/client-ping-timeout.ts'
import clientSideInterference from '#lib/playbook/causes/client-side-interference.ts'
import clientStalled from '#lib/playbook/causes/client-stalled.ts'
import clientSuspended from '#lib/playbook/causes/client-suspended.ts'
import closeHandshakeStalled from '#lib/playbook/causes/close-handshake-stalled.ts'
import closedByPage from '#lib/playbook/causes/closed-by-page.ts'
import compressionError from '#lib/playbook/causes/compression-error.ts'
import connectTimeout from '#lib/playbook/causes/connect-timeout.ts'
import connectionRefused from '#lib/playbook/causes/connection-refused.ts'
import cspBlocked from '#lib/playbook/causes/csp-blocked.ts'
import delayedDelivery from '#lib/playbook/causes/delayed-delivery.ts'
import dnsFailure from '#lib/playbook/causes/dns-failure.ts'
import extensionMismatch from '#lib/playbook/causes/extension-mismatch.ts'
import firstMessageMissing from '#lib/playbook/causes/first-message-missing.ts'
import forbidden from '#lib/playbook/causes/forbidden.ts'
import gatewayTimeout from '#lib/playbook/causes/gateway-timeout.ts'
import goingAway from '#lib/playbook/causes/going-away.ts'
import halfOpen from '#lib/playbook/causes/half-open.ts'
import handshakeClosed from '#lib/playbook/causes/handshake-closed.ts'
import handshakeTimeout from '#lib/playbook/causes/handshake-timeout.ts'
import hostUnreachable from '#lib/playbook/causes/host-unreachable.ts'
import http2Websocket from '#lib/playbook/causes/http2-websocket.ts'
import idleTimeout from '#lib/playbook/causes/idle-timeout.ts'
import internalError from '#lib/playbook/causes/internal-error.ts'
import invalidData from '#lib/playbook/causes/invalid-data.ts'
import invalidHandshakeResponse from '#lib/playbook/causes/invalid-handshake-response.ts'
import invalidSubprotocol from '#lib/playbook/causes/invalid-subprotocol.ts'
import invalidUrl from '#lib/playbook/causes/invalid-url.ts'
import localNetworkAccess from '#lib/playbook/causes/local-network-access.ts'
import maxLifetime from '#lib/playbook/causes/max-lifetime.ts'
import messageTooBig from '#lib/playbook/causes/message-too-big.ts'
import middleboxReset from '#lib/playbook/causes/middlebox-reset.ts'
import mixedContent from '#lib/playbook/causes/mixed-content.ts'
import networkChanged from '#lib/playbook/causes/network-changed.ts'
import noHeartbeat from '#lib/playbook/causes/no-heartbeat.ts'
import noStatus from '#lib/playbook/causes/no-status.ts'
import normalClosure from '#lib/playbook/causes/normal-closure.ts'
import notAWebsocketEndpoint from '#lib/playbook/causes/not-a-websocket-endpoint.ts'
import notHttp from '#lib/playbook/causes/not-http.ts'
import originMissing from '#lib/playbook/causes/origin-missing.ts'
import originRejected from '#lib/playbook/causes/origin-rejected.ts'
import originRewritten from '#lib/playbook/causes/origin-rewritten.ts'
import pageLeft from '#lib/playbook/causes/page-left.ts'
import pathNotFound from '#lib/playbook/causes/path-not-found.ts'
import peerNotReading from '#lib/playbook/causes/peer-not-reading.ts'
import plainOnTlsPort from '#lib/playbook/causes/plain-on-tls-port.ts'
import policyViolation from '#lib/playbook/causes/policy-violation.ts'
import pongTimeout from '#lib/playbook/causes/pong-timeout.ts'
import protocolError from '#lib/playbook/causes/protocol-error.ts'
import proxyAuthenticationRequired from '#lib/playbook/causes/proxy-authentication-required.ts'
import proxyMisconfigured from '#lib/playbook/causes/proxy-misconfigured.ts'
import proxyRestart from '#lib/playbook/causes/proxy-restart.ts'
import rateLimited from '#lib/playbook/causes/rate-limited.ts'
import redirected from '#lib/playbook/causes/redirected.ts'
import requestTooLarge from '#lib/playbook/causes/request-too-large.ts'
import serializationMismatch from '#lib/playbook/causes/serialization-mismatch.ts'
import serverError from '#lib/playbook/causes/server-error.ts'
import serverRestarting from '#lib/playbook/causes/server-restarting.ts'
import serverStalled from '#lib/playbook/causes/server-stalled.ts'
import serverWithoutWebsocket from '#lib/playbook/causes/server-without-websocket.ts'
import serviceLimit from '#lib/playbook/causes/service-limit.ts'
import slowHandshake from '#lib/playbook/causes/slow-handshake.ts'
import slowRoundTrip from '#lib/playbook/causes/slow-round-trip.ts'
import stickySessionMissing from '#lib/playbook/causes/sticky-session-missing.ts'
import subprotocolMismatch from '#lib/playbook/causes/subprotocol-mismatch.ts'
import tlsClientCertificateRequired from '#lib/playbook/causes/tls-client-certificate-required.ts'
import tlsExpired from '#lib/playbook/causes/tls-expired.ts'
import tlsNameMismatch from '#lib/playbook/causes/tls-name-mismatch.ts'
import tlsOnPlainPort from '#lib/playbook/causes/tls-on-plain-port.ts'
import tlsUntrusted from '#lib/playbook/causes/tls-untrusted.ts'
import tlsVersionMismatch from '#lib/playbook/causes/tls-version-mismatch.ts'
import tryAgainLater from '#lib/playbook/causes/try-again-later.ts'
import unusualCloseCode from '#lib/playbook/causes/unusual-close-code.ts'
import upgradeHandledTwice from '#lib/playbook/causes/upgrade-handled-twice.ts'
import upgradeHeadersStripped from '#lib/playbook/causes/upgrade-headers-stripped.ts'
import upstreamHttpVersion from '#lib/playbook/causes/upstream-http-version.ts'
import wrongAddress from '#lib/playbook/causes/wrong-address.ts'

export const catalogue: readonly Cause[] = [
  invalidUrl,
  invalidSubprotocol,
  mixedContent,
  cspBlocked,
  localNetworkAccess,
  blockedPort,
  browserSocketLimit,
  browserOffline,
  clientSideInterference,
  closedByPage,
  dnsFailure,
  connectionRefused,
  hostUnreachable,
  connectTimeout,
  wrongAddress,
  tlsUntrusted,
  tlsExpired,
  tlsNameMismatch,
  tlsVersionMismatch,
  tlsClientCertificateRequired,
  tlsOnPlainPort,
  plainOnTlsPort,
  handshakeTimeout,
  handshakeClosed,
  notHttp,
  upgradeHeadersStripped,
  upstreamHttpVersion,
  originRejected,
  originRewritten,
  originMissing,
  forbidden,
  authenticationRequired,
  proxyAuthenticationRequired,
  redirected,
  pathNotFound,
  notAWebsocketEndpoint,
  serverWithoutWebsocket,
  stickySessionMissing,
  applicationProtocolMismatch,
  backendUnreachable,
  backendHandshakeFailure,
  gatewayTimeout,
  rateLimited,
  requestTooLarge,
  serverError,
  proxyMisconfigured,
  invalidHandshakeResponse,
  subprotocolMismatch,
  extensionMismatch,
  http2Websocket,
  slowHandshake,
  idleTimeout,
  maxLifetime,
  serviceLimit,
  proxyRestart,
  firstMessageMissing,
  backendDropped,
  middleboxReset,
  halfOpen,
  pongTimeout,
  clientPingTimeout,
  clientStalled,
  clientSuspended,
  networkChanged,
  peerNotReading,
  protocolError,
  upgradeHandledTwice,
  compressionError,
  closeHandshakeStalled,
  pageLeft,
  normalClosure,
  goingAway,
  serverRestarting,
  policyViolation,
  messageTooBig,
  invalidData,
  internalError,
  tryAgainLater,
  noStatus,
  applicationClose,
  unusualCloseCode,
  serializationMismatch,
  delayedDelivery,
  noHeartbeat,
  slowRoundTrip,
  serverStalled,
]

const byId = new Map(catalogue.map((cause) => [cause.id, cause]))

export const causeOf = (id: string): Cause | undefined => byId.get(id)
