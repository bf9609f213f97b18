'use client'
import { askWhy } from '#components/why/ask-why.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'

/** "Why?": the answer, judged in this page. */
export function WhyButton({ id }: { id: ConnectionId }) {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => askWhy(id)}
      className="figures relative shrink-0 text-link hover:underline pointer-coarse:min-h-11"
    >
      Why?
    </button>
  )
}
