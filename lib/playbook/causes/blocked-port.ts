import { defineCause, likely, ruledOut, say } from '#lib/playbook/cause.ts'
import { addressOf } from '#lib/playbook/weighing/advice.ts'
import { blockedFinding } from '#lib/playbook/weighing/blocked-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** Fetch standard, "port blocking". */
const BAD_PORTS = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])

export default defineCause({
  id: 'blocked-port',
  stage: 'page',
  side: 'client',
  title: 'Port blocked by browsers',
  symptom: 'The socket fails at once; no packet is sent.',
  endings: ['blocked', 'unopened'],
  needs: ['browser.console'],

  test: (facts) => {
    const { target } = facts
    const finding = blockedFinding(facts, 'blocked-port')
    if (finding.is !== 'possible' || target.url === undefined) return finding
    return BAD_PORTS.has(target.port)
      ? likely(say(sentence`Port ${target.port} is on the list that browsers refuse`, 'target.url'))
      : ruledOut(say(sentence`Port ${target.port} is not on the list that browsers refuse`, 'target.url'))
  },

  explain: {
    wire: 'Nothing: ports of old protocols (22, 25, 6000, 6667 and others) are blocked so that no page can speak to them.',
    browser: 'An error event and 1006, as for every failure; the console names `ERR_UNSAFE_PORT`.',
    sure: 'Look the port up in the Fetch standard.',
    sources: [{ title: 'Fetch, bad ports', url: 'https://fetch.spec.whatwg.org/#port-blocking' }],
  },

  fix: (facts) => ({
    summary: sentence`Move the server to another port, such as 443 or 8443.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`new WebSocket(${js.string(addressOf(facts))})  // with a port that browsers allow`,
      },
    ],
  }),

  reproduce: null,
})
