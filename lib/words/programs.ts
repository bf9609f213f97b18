/** Every program whose words are known: browsers, clients, servers, then systems, each room in the order of its names. */

import chromium from '#lib/words/browsers/chromium.ts'
import firefox from '#lib/words/browsers/firefox.ts'
import ws from '#lib/words/clients/ws.ts'
import type { Program } from '#lib/words/phrase.ts'
import dotnet from '#lib/words/systems/dotnet.ts'
import errno from '#lib/words/systems/errno.ts'
import go from '#lib/words/systems/go.ts'
import java from '#lib/words/systems/java.ts'
import node from '#lib/words/systems/node.ts'
import openssl from '#lib/words/systems/openssl.ts'
import python from '#lib/words/systems/python.ts'
import windows from '#lib/words/systems/windows.ts'

export const programs: readonly Program[] = [
  // Browsers.
  chromium,
  firefox,
  // Clients.
  ws,
  // Servers.
  // Systems.
  dotnet,
  errno,
  go,
  java,
  node,
  openssl,
  python,
  windows,
]
