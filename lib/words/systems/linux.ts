/** What the kernel of Linux logs when it drops packets of new connections. Whose they were it does not say. */
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const conntrack = 'https://github.com/torvalds/linux/blob/master/net/netfilter/nf_conntrack_core.c'
const input = 'https://github.com/torvalds/linux/blob/master/net/ipv4/tcp_input.c'
const neighbours = 'https://github.com/torvalds/linux/blob/master/net/core/neighbour.c'

export default defineProgram({
  id: 'linux',
  name: 'Linux (kernel log)',
  phrases: [
    ...phrasesOf(conntrack, [
      {
        id: 'conntrack-full',
        needle: 'conntrack: table full',
        pattern: /\b(?:nf|ip)_conntrack: table full(?: in netns \w{1,12})?, dropping packet/,
        said: { means: 'connect-timeout', unsure: true },
        example: 'nf_conntrack: nf_conntrack: table full, dropping packet',
        explains:
          'The firewall of this machine tracks as many connections as it may, and drops the packets of new ones. Those that are open go on.',
        fix: 'Raise net.netfilter.nf_conntrack_max on the machine that logged it, and look what fills its table: conntrack -S, and conntrack -L by state.',
      },
    ]),
    ...phrasesOf(input, [
      {
        id: 'syn-dropped',
        needle: 'SYN flooding on port',
        pattern: /\bPossible SYN flooding on port \S{1,60}\. Dropping request\b/,
        said: { means: 'connect-timeout', unsure: true },
        example:
          'TCP: request_sock_TCP: Possible SYN flooding on port 8080. Dropping request.  Check SNMP counters.',
        explains:
          'More connections arrive at this port than its program accepts, and the kernel drops new ones. Many clients that reconnect at once do that.',
        fix: 'Give the program a longer backlog in listen, and net.core.somaxconn above it. Let clients wait a random time before they reconnect.',
      },
    ]),
    ...phrasesOf(neighbours, [
      {
        id: 'neighbour-table',
        needle: ['neighbor table overflow', 'neighbour table overflow', 'Neighbour table overflow'],
        pattern: /\b(?:arp_cache: |ndisc_cache: )?neighbou?r table overflow\b/i,
        said: { means: 'connect-timeout', unsure: true },
        example: 'neighbour: arp_cache: neighbor table overflow!',
        explains:
          'This machine has more neighbors on its networks than its table holds, and cannot send to the others.',
        fix: 'Raise net.ipv4.neigh.default.gc_thresh1 to gc_thresh3 on the machine that logged it.',
      },
    ]),
  ],
})
