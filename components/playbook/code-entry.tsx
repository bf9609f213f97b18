import Link from 'next/link'
import type { CloseCode } from '#lib/protocol/close-codes.ts'
import { CauseLink } from './cause-link.tsx'
import { causesByCode, senderWords } from './code-words.ts'

/** One registered code: what it means, who may send it, what differs in practice, where that stands. */
export function CodeEntry({ entry }: { entry: CloseCode }) {
  const { code, name, meaning, differs, source } = entry
  return (
    <li
      id={String(code)}
      className="grid scroll-mt-4 gap-x-4 gap-y-1 border-line px-3.5 py-3 not-first:border-t target:bg-raised md:grid-cols-[64px_1fr_220px]"
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
        <p className="mt-1 flex flex-wrap gap-x-4">
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
