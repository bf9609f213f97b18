'use client'
import { Dialog } from '#components/ui/dialog.tsx'
import { KeyHint } from '#components/ui/key-hint.tsx'

const keys = [
  { keys: ['⌘K', 'Ctrl K'], does: 'Command palette' },
  { keys: ['j', 'k'], does: 'Next, previous connection' },
  { keys: ['space'], does: 'Pause or resume the chart' },
  { keys: ['/'], does: 'Go to the filter' },
  { keys: ['↑', '↓'], does: 'In a log: move between rows. In the composer: what was sent before' },
  { keys: ['Enter'], does: 'In a log: open a row. In the composer: send' },
  { keys: ['End'], does: 'In a log: follow the newest again' },
  { keys: ['?'], does: 'This list' },
]

/** The list of keys that `?` opens. */
export function KeysDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open onOpenChange={onOpenChange} title="Keys">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {keys.map((row) => (
          <div key={row.does} className="contents">
            <dt className="flex gap-1">
              {row.keys.map((key) => (
                <KeyHint key={key} spoken>
                  {key}
                </KeyHint>
              ))}
            </dt>
            <dd className="text-soft">{row.does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
