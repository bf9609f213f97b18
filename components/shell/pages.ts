import {
  Activity,
  BookOpen,
  Eye,
  FileText,
  FlaskConical,
  List,
  type LucideIcon,
  Stethoscope,
} from 'lucide-react'

export interface Page {
  href: string
  /** The page that leads here on a phone, whose bar has room for six. */
  from?: string
  label: string
  icon: LucideIcon
}

/** The pages of the main navigation, in its order. */
export const pages: readonly Page[] = [
  { href: '/', label: 'Live', icon: Activity },
  { href: '/diagnose', label: 'Diagnose', icon: Stethoscope },
  { href: '/reports', label: 'Reports', icon: FileText, from: '/diagnose' },
  { href: '/watch', label: 'Watch', icon: Eye },
  { href: '/playbook', label: 'Playbook', icon: BookOpen },
  { href: '/lab', label: 'Lab', icon: FlaskConical },
  { href: '/events', label: 'Events', icon: List },
]

/** Whether an address is this page or one below it. */
export const isHere = ({ href }: Page, path: string): boolean =>
  href === '/' ? path === '/' : path.startsWith(href)

/** Whether it is a page that a phone reaches by this one. */
export const isBeyond = (page: Page, path: string): boolean =>
  pages.some((other) => other.from === page.href && isHere(other, path))

/** Pages below those, for the palette. */
export const furtherPages: readonly Omit<Page, 'icon'>[] = [
  { href: '/playbook/checklist', label: 'Checklist' },
  { href: '/playbook/codes', label: 'Close codes' },
  { href: '/playbook/messages', label: 'Messages' },
]
