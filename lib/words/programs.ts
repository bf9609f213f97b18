/** Every program whose words are known. */

import chromium from '#lib/words/browsers/chromium.ts'
import ws from '#lib/words/clients/ws.ts'
import type { Program } from '#lib/words/phrase.ts'

export const programs: readonly Program[] = [chromium, ws]
