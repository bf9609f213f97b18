'use client'
import { Panel } from '#components/ui/panel.tsx'

export function CriteriaPanel({ className }: { className?: string }) {
  return (
    <Panel title="Success criteria" className={className}>
      <ul />
    </Panel>
  )
}
