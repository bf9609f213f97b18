'use client'
import { useLive } from '#components/core/live-core.ts'
import { templatesFor } from '#components/live/messages/templates.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'

/** Messages worth sending to this endpoint; each says what to expect. */
export function TemplatePicker({ id, onPick }: { id: ConnectionId | null; onPick: (text: string) => void }) {
  const endpoint = useLive((live) => (id === null ? null : (live.connections[id]?.target.endpoint ?? null)))
  return (
    <select
      aria-label="Template"
      value=""
      onChange={(event) => onPick(event.target.value)}
      className="h-[26px] max-w-36 rounded-box border border-edge bg-panel px-1.5 text-code text-soft"
    >
      <option value="" disabled>
        Template
      </option>
      {templatesFor(endpoint).map((template) => (
        <option key={template.label} value={template.text} title={template.expects}>
          {template.label}
        </option>
      ))}
    </select>
  )
}
