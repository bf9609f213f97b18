'use client'
import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

interface Tab {
  value: string
  label: string
  content: ReactNode
}

interface Props {
  /** The accessible name of the list of tabs. */
  label: string
  tabs: readonly Tab[]
  value: string
  onChange: (value: string) => void
}

/** Tabs over panels of which one is seen; the arrow keys move between them. */
export function Tabs({ label, tabs, value, onChange }: Props) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(String(next))}
      className="flex min-h-0 flex-col"
    >
      <Base.List aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="h-9 pointer-coarse:h-11 border-b border-transparent whitespace-nowrap text-soft hover:text-text data-active:border-text data-active:text-text"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="min-h-0 pt-3 outline-none">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
