import Link from 'next/link'
import { Fragment } from 'react'
import { type Inline, parseInline } from './inline.ts'

/** A sentence of an article, with its code and links. */
export function InlineText({ children }: { children: string }) {
  return parseInline(children).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text do not move, and may repeat
    <Fragment key={index}>{draw(part)}</Fragment>
  ))
}

function draw(part: Inline) {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'code':
      return <code className="wrap-anywhere text-text">{part.text}</code>
    case 'link':
      return (
        <a href={part.href} className="text-link underline underline-offset-2">
          {part.text}
        </a>
      )
    case 'close-code':
      return (
        <Link
          href={`/playbook/codes#${part.text}`}
          prefetch={false}
          className="underline decoration-edge underline-offset-2 hover:text-link"
        >
          {part.text}
        </Link>
      )
  }
}
