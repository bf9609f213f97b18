import { Activity, type LucideIcon } from 'lucide-react'

interface Page {
  href: string
  label: string
  icon: LucideIcon
}

/** The pages of the main navigation, in its order. Only pages that exist. */
export const pages: readonly Page[] = [{ href: '/', label: 'Live', icon: Activity }]
