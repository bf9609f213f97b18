/** The firewall of this machine: its rules are root's to read, so there are only commands. */
import { unknown } from '#lib/checklist/result.ts'
import type { InsideCheck } from '#server/checklist/tools.ts'

export const firewall: InsideCheck = {
  id: 'firewall',
  run: () => unknown('Only root can read firewall rules. Run these commands on the machine of this server.'),
}
