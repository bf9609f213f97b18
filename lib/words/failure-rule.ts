/** The contract of the rules for failures in anybody’s words, and the words that several of them need. */
import type { Meaning, Side } from '#lib/words/meaning.ts'

export type FailureRule = {
  /** All of these, anywhere in the line. */
  readonly all: readonly RegExp[]
  readonly not?: RegExp
  /** About a handshake only where the line is. */
  readonly ofHandshake?: true
  readonly means: Meaning
  /** Which end says it, where the check is one end's. */
  readonly side?: Side
}

export const MISSING =
  /\b(?:miss(?:ing|es|ed)|absent|no|not|without|lacks?|required?|requires|expect(?:ed|s)|invalid|bad|wrong|incorrect|unexpected|unsupported|unknown|illegal|malformed|mismatch(?:ed)?|must|fail(?:ed|s|ure)?|empty|null|duplicated?)\b|n['’]t\b/i
export const PEER =
  /\bweb-?\s?sockets?\b|\bwss?\b|\bsockets?\b|\bclients?\b|\bpeers?\b|\bsessions?\b|\bconn(?:ection)?s?\b/i
/** Origins of git, of caches and of other requests than a handshake. */
export const OTHER_ORIGINS =
  /\borigin (?:server|host|service|web server|pull|dns|ca|certificate|response|is (?:un)?reachable)\b|access-control|\bcors policy\b|\bxmlhttprequest\b|\bfetch at\b|\bgit\b/i
/** A heartbeat that is set up, that nobody set up, or none of a connection. */
export const SETTING =
  /\b(?:upstream|http|tcp|socket) keep-?alive\b|(?:^|[.;!?] )no (?:heart-?beats?|pings?|keep-?alives?)(?:\.| (?:in|at|on) (?:our|the|my|all|either)\b)|\b(?:turn|switch)\w{0,3} on (?:\w{1,20} ){0,2}(?:keep-?alives?|heart-?beats?|pings?)\b|\(\w[^()\n]{0,60}, no (?:heart-?beats?|pings?|keep-?alives?)\)|\b(?:have|has|had|with|is|are|there['’]?s|sends?|uses?) (?:currently )?no (?:heart-?beats?|pings?|keep-?alives?)\b(?! (?:received|answer))|\bno (?:heart-?beats?|pings?|keep-?alives?) (?:(?:is|are|was) )?(?:set|configured|implemented|enabled|yet|at all|code|logic|in place|needed)\b|\bicmp\b|\b(?:timeout|interval|time)\b["']? ?(?:is\b|=|:|set\b)|\bping-?timeout["']? ?[:=]|\bstatistics\b|\bpackets\b|\breplica\b|\bleader\b|\bconsumer group\b|\bnode \d/i
