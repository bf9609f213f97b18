import type { LucideIcon } from 'lucide-react'

/** A lucide icon in this interface's weight: 16 px, stroke 1.75, hidden from screen readers. */
export function Icon({
  of: Shape,
  className,
  size = 16,
}: {
  of: LucideIcon
  className?: string
  size?: number
}) {
  return <Shape size={size} strokeWidth={1.75} aria-hidden className={className} />
}
