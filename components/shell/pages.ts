import { Activity, BookOpen, Eye, FlaskConical, List, type LucideIcon, Stethoscope } from 'lucide-react'

export interface Page {
  href: string
  /** Where the addresses of its other pages begin. */
  also?: readonly string[]
  label: string
  icon: LucideIcon
}

/** The pages of the main navigation, in its order: on a phone what comes after the fifth is under “More” once there are seven. */
export const pages: readonly Page[] = [
  { href: '/', label: 'Live', icon: Activity },
  { href: '/diagnose', also: ['/reports'], label: 'Diagnose', icon: Stethoscope },
  { href: '/watch', label: 'Watch', icon: Eye },
  { href: '/playbook', label: 'Playbook', icon: BookOpen },
  { href: '/lab', label: 'Lab', icon: FlaskConical },
  { href: '/events', label: 'Events', icon: List },
]

/** Whether an address is this page or one below it. */
export const isHere = ({ href, also }: Page, path: string): boolean =>
  href === '/' ? path === '/' : [href, ...(also ?? [])].some((start) => path.startsWith(start))

/** Pages below those, for the palette. */
export const furtherPages: readonly Omit<Page, 'icon'>[] = [
  { href: '/reports', label: 'Reports' },
  { href: '/playbook/checklist', label: 'Checklist' },
  { href: '/playbook/codes', label: 'Close codes' },
  { href: '/playbook/messages', label: 'Messages' },
]
