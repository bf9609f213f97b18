/** The firewall of this machine: its rules are root's to read, so there are only commands. */
import { type Check, unknown } from '#server/checklist/check.ts'

export const firewall: Check = {
  id: 'firewall',
  part: 'network',
  title: 'Firewall lets the port through',
  commands: ['firewall-ufw', 'firewall-iptables'],
  run: () => unknown('Only root may read the rules: run these where the server runs.'),
}
