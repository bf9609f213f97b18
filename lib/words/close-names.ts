/**
 * Close codes by the names that libraries give them: `GOING_AWAY` (Java), `PolicyViolation` (.NET), `StatusGoingAway`
 * (Go), `CloseCode.ABNORMAL_CLOSURE` (Python), “going away” in words.
 *
 * Names are those of RFC 6455 §7.4.1 and of the enumerations of javax.websocket, Jetty, .NET, coder/websocket, gorilla,
 * Python websockets, ktor and NativeWebSocket.
 */

/** Lower-case letters of a name → its code. Where several libraries use one name, they mean the same code. */
const NAMES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    1000: ['normalclosure', 'closenormal', 'normalclose'],
    1001: ['goingaway', 'endpointunavailable'],
    1002: ['protocolerror'],
    1003: [
      'unsupporteddata',
      'unsupporteddatatype',
      'invalidmessagetype',
      'cannotaccept',
      'unacceptabledata',
    ],
    1005: ['nostatus', 'nostatuscode', 'nostatusreceived', 'nostatusrcvd', 'nocode'],
    1006: ['abnormalclosure', 'abnormalclose', 'closedabnormally', 'abnormal', 'noclose'],
    1007: ['invalidframepayloaddata', 'invalidpayloaddata', 'invalidpayload', 'notconsistent', 'badpayload'],
    1008: ['policyviolation', 'violatedpolicy'],
    1009: ['messagetoobig', 'messagetoolarge', 'toobig'],
    1010: ['mandatoryextension', 'mandatoryext', 'missingextension', 'noextension', 'requiredextension'],
    1011: ['internalerror', 'internalservererror', 'unexpectedcondition'],
    1012: ['servicerestart', 'servicerestarted'],
    1013: ['tryagainlater', 'serviceoverload'],
    1014: ['badgateway'],
    1015: ['tlshandshake', 'tlshandshakefailure', 'failedtlshandshake'],
  }).flatMap(([code, names]) => names.map((name): [string, number] => [name, Number(code)])),
)

/** As constants are written; what is before them (`Status`, `CLOSE_`) belongs to the name of some. */
const CONSTANT =
  /(?<![A-Za-z])(?:Close|CLOSE_|Status)?(NORMAL_CLOSURE|NormalClosure|CLOSE_NORMAL|GOING_AWAY|GoingAway|goingAway|ENDPOINT_UNAVAILABLE|EndpointUnavailable|PROTOCOL_ERROR|ProtocolError|protocolError|UNSUPPORTED_DATA|UnsupportedData|unsupportedData|InvalidMessageType|CANNOT_ACCEPT|NO_STATUS(?:_CODE|_RECEIVED|_RCVD)?|NoStatus(?:Rcvd|Received)?|noStatusReceived|ABNORMAL_CLOSURE|AbnormalClosure|abnormalClosure|CLOSED_ABNORMALLY|INVALID_(?:FRAME_)?PAYLOAD(?:_DATA)?|Invalid(?:Frame)?PayloadData|invalidFramePayloadData|NOT_CONSISTENT|POLICY_VIOLATION|PolicyViolation|policyViolation|VIOLATED_POLICY|MESSAGE_TOO_(?:BIG|LARGE)|MessageToo(?:Big|Large)|messageTooBig|TOO_BIG|MANDATORY_EXT(?:ENSION)?|Mandatory(?:Extension|Ext)|NO_EXTENSION|INTERNAL_(?:SERVER_)?ERROR|Internal(?:Server)?Error|internalServerError|UNEXPECTED_CONDITION|SERVICE_RESTART(?:ED)?|ServiceRestart|TRY_AGAIN_LATER|TryAgainLater|BAD_GATEWAY|BadGateway|TLS_HANDSHAKE(?:_FAILURE)?|TLSHandshake)(?![A-Za-z])(?:[:(, ]{1,2}\d{4}\b)?[>)]?/

/**
 * In words, and only where it says how the connection ended: “internal error” and “bad gateway” are said of other
 * things as well.
 */
const WORDS =
  /\b(?:clos(?:ed?|ing|ure)|disconnect(?:ed|ion)?|code|status)\b["']?(?: ?[:=!(,[–-]{1,2} ?| (?:with |by |as |due to |because of )?(?:(?:code|status|reason)\b[ :=]{0,2})?)["'(]?((?:normal|abnormal) (?:closure|close)|abnormal(?=[)\s.,!]|$)|going away|policy violation|message too (?:big|large)|no status(?: (?:code|received|rcvd))?|service restart|try again later|mandatory extension)\b/i

/** Whose log a name is a constant in: of something that closes. */
const CLOSING = /clos|disconnect/i

export type NamedCode = { readonly code: number /** First index after the name. */; readonly end: number }

/** The code that a line names without its number; undefined where it names none. */
export function namedCodeIn(line: string): NamedCode | undefined {
  const found = (CLOSING.test(line) ? CONSTANT.exec(line) : null) ?? WORDS.exec(line)
  const code = found?.[1] === undefined ? undefined : codeOfName(found[1])
  return found === null || code === undefined ? undefined : { code, end: found.index + found[0].length }
}

/** `going away`, `GOING_AWAY` and `GoingAway` are one name. */
export const codeOfName = (name: string): number | undefined =>
  NAMES.get(name.toLowerCase().replace(/[^a-z]/g, ''))
