/** The firewall of this machine: its rules are root's to read, so there are only commands. */
import { unknown } from '#lib/checklist/result.ts'
import type { InsideCheck } from '#server/checklist/tools.ts'

export const firewall: InsideCheck = {
  id: 'firewall',
  part: 'network',
  asks: 'Firewall lets the port through',
  commands: ['firewall-ufw', 'firewall-iptables'],
  run: () => unknown('Only root can read firewall rules. Run these commands on the server.'),
}
