/** Bytes that break the protocol, as the end that read them says (RFC 6455 §5). */
import { type FailureRule, MISSING } from '#lib/words/failure-rule.ts'

/** In order: the first that fits a line gives its meaning. */
export const frameRules: readonly FailureRule[] = [
  {
    all: [
      /\b(?:in|de)flat(?:e|ed|ing|ion|or)\b|\b(?:de)?compress\w{1,5}\b|\bzlib\b/i,
      /\bframes?\b|\bmessages?\b|\bpermessage|\bweb-?\s?socket/i,
      /\berrors?\b|\bfail\w{0,4}\b|\binvalid\b|\bunexpected\b|\bcorrupt\w{0,2}\b|\bwithout\b|\bnot (?:negotiated|agreed|allowed|enabled|supported|expected)\b|\bcannot\b|\bunable\b|\bno agreement\b/i,
    ],
    means: 'compression',
  },
  {
    all: [
      /\brsv[123]?\b|\breserved (?:bits?|flags?)\b/i,
      /\bframes?\b|\bset\b|\bbits?\b|\bflags?\b|\bheader\b|\bmust be\b/i,
    ],
    means: 'frame',
  },
  {
    all: [
      /\bop-?codes?\b/i,
      /\binvalid\b|\bunknown\b|\bunsupported\b|\bunexpected\b|\breserved\b|\bbad\b|\billegal\b|\bnot (?:supported|allowed|expected)\b|\bwithin\b|\binside\b|\bwithout\b|\bno previous\b/i,
    ],
    means: 'frame',
  },
  { all: [/\b(?:un)?mask(?:s|ed|ing)?\b/i, /\bframes?\b|\bweb-?\s?socket/i, MISSING], means: 'frame' },
  {
    all: [/\bunmasked\b|\b(?:not|isn['’]t) masked\b/i, /\bframes?\b|\bweb-?\s?socket|\bmessages?\b/i],
    means: 'frame',
  },
  {
    all: [
      /\bcontrol[ -]frames?\b/i,
      /\bfragment\w{0,5}\b|\bunknown\b|\bunsupported\b|\btoo (?:big|large|long)\b|\b125\b|\blength\b|\bsize\b|\binvalid\b|\bpayload\b|\bfin\b/i,
    ],
    means: 'frame',
  },
  {
    all: [
      /\bcontinuation\b|\bfragment(?:s|ed|ation)?\b/i,
      /\bframes?\b|\bmessages?\b|\bweb-?\s?socket/i,
      /\bout of order\b|\boutside\b|\binside\b|\bunexpected\b|\binvalid\b|\bwithout\b|\bnothing\b|\bnot (?:allowed|started|expected|in progress)\b|\bmust\b|\bwrong\b|\bexpect(?:ed|ing)\b|\balready (?:started|in progress)\b|\bbefore\b/i,
    ],
    means: 'frame',
  },
  {
    all: [
      /\b(?:non-?)?utf-?8\b/i,
      /\bframes?\b|\bmessages?\b|\bweb-?\s?socket|\bpayload\b|\bclose reason\b|\btext data\b/i,
      /\binvalid\b|\bnon|\bmust be\b|\bnot (?:valid|well)\b|\bmalformed\b|\billegal\b|\bbad\b|\bfail\w{0,4}\b|\berror\b|\bcan(?:not|['’]t)\b/i,
    ],
    means: 'invalid-utf8',
  },
  {
    all: [
      /\b(?:invalid|bad|malformed|illegal|corrupt(?:ed)?|broken|unexpected|unparseable|incomplete)\b.{0,20}\bframe\b|\bframe\b.{0,20}\b(?:is )?(?:invalid|malformed|corrupt(?:ed)?|illegal)\b/i,
      /\bweb-?\s?socket|\bwss?\b|\bframe (?:header|type|length|payload)\b|\bclose frame\b|\bclient\b|\bpeer\b/i,
    ],
    not: /http\/?2|\bh2\b|\bgrpc\b/i,
    means: 'frame',
  },
  {
    all: [
      /\b(?:invalid|unexpected|bad) close (?:frame|code|payload|status|data)\b|\bclose (?:code|status|frame)\b.{0,30}\b(?:invalid|not valid|illegal|malformed)\b/i,
    ],
    means: 'frame',
  },
  {
    all: [
      /\b(?:frames?|(?:web-?\s?socket|ws|incoming|received|fragmented|max(?:imum)?|inbound) (?:messages?|payload)|messages? (?:of )?(?:size|length)|(?:decompressed|inflated|uncompressed|reassembled) (?:message|payload|data)|too (?:big|large) message|payload (?:size|length)|max_?(?:message|frame|payload)_?(?:size|length))\b|\b(?:message|payload)\b.{0,60}\bweb-?\s?socket|\bweb-?\s?socket\b.{0,60}\b(?:message|payload)\b/i,
      /\btoo (?:big|large|long)\b|\bexceed(?:s|ed|ing)?\b|\babove\b.{0,20}\blimit\b|\boversized?\b|\b(?:larger|bigger|greater|longer) than\b|\bover (?:the )?(?:limit|max\w{0,4})\b|\breached\b.{0,20}\blimit\b/i,
    ],
    not: /\btime\b|\brate\b|\bper (?:second|minute)\b|\bhttp\/?2\b|\bgrpc\b/i,
    means: 'too-big',
  },
]
