import { Panel } from '#components/ui/panel.tsx'
import { closeCodeRanges, closeCodes } from '#lib/protocol/close-codes.ts'
import { privateCloseCodes } from '#lib/protocol/private-close-codes.ts'
import { CodeEntry } from './code-entry.tsx'
import { CodeTable } from './code-table.tsx'
import { senderWords, spanOf } from './code-words.ts'
import { Trail } from './trail.tsx'

/** Every registered close code, who owns which numbers, and what well-known servers mean by private ones. */
export function CodesPage() {
  return (
    <div className="mx-auto flex max-w-[1000px] flex-col gap-4">
      <header>
        <Trail steps={[{ href: '/playbook', label: 'Playbook' }]} />
        <h1 className="text-title font-semibold">Close codes</h1>
        <p className="text-soft">What each number says, who may send it, and where software differs.</p>
      </header>
      <Panel title="Registered codes" note={closeCodes.length}>
        <ul>
          {closeCodes.map((entry) => (
            <CodeEntry key={entry.code} entry={entry} />
          ))}
        </ul>
      </Panel>
      <Panel title="Ranges" note="RFC 6455 §7.4.2">
        <CodeTable
          label="Ranges"
          rows={closeCodeRanges.map((range) => ({
            key: spanOf(range),
            codes: spanOf(range),
            who: `${range.name}: ${senderWords[range.sender]} may send them`,
            meaning: range.meaning,
          }))}
        />
      </Panel>
      <Panel title="Private codes in known protocols" note="the same number means different things">
        <CodeTable
          label="Private codes"
          rows={privateCloseCodes.map((reading) => ({
            key: `${reading.by} ${reading.from}`,
            codes: spanOf(reading),
            who: reading.by,
            href: reading.source,
            meaning: reading.certain ? reading.meaning : `${reading.meaning} (not checked at the source)`,
          }))}
        />
      </Panel>
    </div>
  )
}
