/**
 * Who issued a certificate, where that is a product that opens TLS on its way: a company’s gateway, an antivirus, a tool
 * of a developer. The issuer stands in what openssl, curl, gnutls-cli and browsers print of a chain.
 */
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const PRODUCTS = [
  // Gateways of companies and schools
  'Zscaler',
  'Netskope',
  'Fortinet',
  'FortiGate',
  'Palo Alto Networks',
  'Blue Coat',
  'BlueCoat',
  'Forcepoint',
  'Websense',
  'McAfee Web Gateway',
  'Skyhigh',
  'Cisco Umbrella',
  'Cisco Secure Web',
  'Sophos',
  'Check Point',
  'CheckPoint',
  'Barracuda',
  'SonicWall',
  'WatchGuard',
  'iboss',
  'Menlo Security',
  'Cato Networks',
  'Cloudflare for Teams',
  'Gateway CA - Cloudflare',
  'Smoothwall',
  'Lightspeed',
  'Securly',
  'Untangle',
  'Trend Micro',
  // Antivirus
  'Kaspersky',
  'Avast',
  'AVG Technologies',
  'ESET SSL Filter',
  'Bitdefender',
  'NortonLifeLock',
  'Norton Web',
  'AdGuard',
  // Developers’ tools
  'Charles Proxy',
  'DO_NOT_TRUST_Fiddler',
  'mitmproxy',
  'PortSwigger',
  'Proxyman',
]

export default defineProgram({
  id: 'tls-inspection',
  name: 'TLS inspection (gateways, antivirus, debugging proxies)',
  side: 'client',
  phrases: phrasesOf('https://docs.openssl.org/master/man1/openssl-s_client/', [
    {
      id: 'issuer',
      needle: PRODUCTS,
      pattern: new RegExp(
        `(?:\\bissuer ?[:=]|\\bdepth=\\d|^\\s{0,8}(?:\\d{1,2} )?i:)[^\\n]{0,400}?\\b(?:${PRODUCTS.join('|')})`,
        'i',
      ),
      // That it is there is no failure: most of its clients trust it.
      said: { means: 'nothing-said' },
      example: 'issuer=C = US, O = Zscaler Inc., CN = Zscaler Intermediate Root CA',
      explains:
        'The certificate comes from a product that opens TLS between this client and the server, and not from the server.',
    },
  ]),
})
