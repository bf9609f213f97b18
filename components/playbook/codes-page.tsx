import Link from 'next/link'
import { Panel } from '#components/ui/panel.tsx'
import { privateCloseCodes } from '#lib/applications/close-codes.ts'
import { type CloseCode, type CloseSender, closeCodeRanges, closeCodes } from '#lib/protocol/close-codes.ts'
import { CauseLink } from './cause-link.tsx'
import { Trail } from './trail.tsx'

/** Every registered close code, who owns which numbers, and what well-known servers mean by private ones. */
export function CodesPage() {
  return (
    <div className="mx-auto flex max-w-[62.5rem] flex-col gap-4 vast:max-w-[100rem]">
      <header>
        <Trail steps={[{ href: '/playbook', label: 'Playbook' }]} />
        <h1 className="text-title font-semibold">Close codes</h1>
        <p className="text-soft">What each code means, who can send it, and how implementations differ.</p>
      </header>
      <div className="grid items-start gap-4 vast:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
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
        </div>
        <Panel title="Private codes in known protocols" note="the same number means different things">
          <CodeTable
            label="Private codes"
            rows={privateCloseCodes.map((reading, at) => ({
              key: `${reading.by} ${at}`,
              codes: spanOf(reading),
              who: reading.by,
              href: reading.source,
              meaning: reading.says,
              isUnchecked: !reading.certain,
            }))}
          />
        </Panel>
      </div>
    </div>
  )
}

/** One registered code: what it means, who may send it, what differs in practice, where that stands. */
function CodeEntry({ entry }: { entry: CloseCode }) {
  const { code, name, meaning, differs, source } = entry
  return (
    <li
      id={String(code)}
      className="grid scroll-mt-4 gap-x-4 gap-y-1 border-line px-3.5 py-3 not-first:border-t target:bg-raised md:grid-cols-[4rem_1fr_13.75rem]"
    >
      <h3 className="contents">
        <a href={`#${code}`} className="figures text-lead! font-medium hover:text-link">
          {code}
        </a>
        <span className="font-medium md:hidden">{name}</span>
      </h3>
      <div className="max-w-[72ch]">
        <p>
          <span className="font-medium max-md:hidden">{name}. </span>
          {meaning}
        </p>
        {differs !== undefined && <p className="mt-1 text-soft">{differs}</p>}
        <p className="mt-1 flex flex-wrap gap-x-4 *:py-0.5">
          <MoreOn code={code} />
          <a href={source} className="text-faint underline underline-offset-2 hover:text-link">
            {new URL(source).hostname === 'www.iana.org' ? 'IANA registry' : 'RFC 6455 §7.4.1'}
          </a>
        </p>
      </div>
      <Senders entry={entry} />
    </li>
  )
}

function MoreOn({ code }: { code: number }) {
  const cause = causesByCode[code]
  if (cause !== undefined) return <CauseLink id={cause} />
  if (code !== 1006) return null
  return (
    <Link href="/playbook" prefetch={false} className="text-link hover:underline">
      Symptoms and causes
    </Link>
  )
}

function Senders({ entry: { sender, browserMaySend } }: { entry: CloseCode }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] content-start gap-x-2 text-soft">
      <dt className="text-faint">May be sent by</dt>
      <dd>{senderWords[sender]}</dd>
      <dt className="text-faint">A page’s close()</dt>
      <dd>{browserMaySend ? 'takes it' : 'throws'}</dd>
    </dl>
  )
}

interface Row {
  key: string
  codes: string
  who: string
  href?: string
  meaning: string
  /** Nobody has compared it with the source. */
  isUnchecked?: boolean
}

/** Numbers, whose they are, and what they mean. Whose is said once for all that follow each other. */
function CodeTable({ label, rows }: { label: string; rows: readonly Row[] }) {
  return (
    <table aria-label={label} className="w-full border-collapse text-left">
      <thead className="sr-only">
        <tr>
          <th scope="col">Codes</th>
          <th scope="col">Whose</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, codes, who, href, meaning, isUnchecked }, at) => (
          <tr key={key} className="border-line align-top not-first:border-t">
            <th scope="row" className="figures px-3.5 py-2 font-medium whitespace-nowrap">
              {codes}
            </th>
            {rows[at - 1]?.who !== who && (
              <td rowSpan={sameFrom(rows, at)} className="w-[30%] py-2 pr-3.5 text-soft wrap-anywhere">
                {href === undefined ? (
                  who
                ) : (
                  <a href={href} className="text-link hover:underline">
                    {who}
                  </a>
                )}
                {isUnchecked && <span className="block text-faint">not checked at the source</span>}
              </td>
            )}
            <td className="py-2 pr-3.5 wrap-anywhere">{meaning}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** How many rows from this one on are of the same owner. */
function sameFrom(rows: readonly Row[], at: number): number {
  const end = rows.findIndex(({ who }, index) => index > at && who !== rows[at]?.who)
  return (end === -1 ? rows.length : end) - at
}

const senderWords = {
  either: 'either side',
  client: 'the client',
  server: 'the server',
  nobody: 'nobody',
} satisfies Record<CloseSender, string>

/** The article behind a code that has one; 1006 has the whole playbook. */
const causesByCode: Readonly<Record<number, string>> = {
  1000: 'normal-closure',
  1001: 'going-away',
  1002: 'protocol-error',
  1003: 'invalid-data',
  1005: 'no-status',
  1007: 'invalid-data',
  1008: 'policy-violation',
  1009: 'message-too-big',
  1010: 'extension-mismatch',
  1011: 'internal-error',
  1012: 'server-restarting',
  1013: 'try-again-later',
}

/** `4000`, or `4000–4999`. */
const spanOf = ({ from, to }: { from: number; to: number }): string =>
  from === to ? String(from) : `${from}–${to}`
