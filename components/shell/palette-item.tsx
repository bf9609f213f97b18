'use client'
import { Command } from 'cmdk'
import type { ReactNode } from 'react'

interface Props {
  /** What is typed is compared with this. */
  value: string
  /** More of that, or that it takes all (`paletteFilter`). */
  keywords?: string[]
  onSelect?: () => void
  children: ReactNode
}

/** One line of the palette. */
export function PaletteItem({ value, keywords, onSelect, children }: Props) {
  return (
    <Command.Item
      value={value}
      keywords={keywords}
      onSelect={onSelect}
      className="flex min-h-8 cursor-pointer pointer-coarse:min-h-11 items-center gap-2.5 rounded-box px-2.5 py-1 text-soft data-[selected=true]:bg-raised data-[selected=true]:text-text"
    >
      {children}
    </Command.Item>
  )
}
