import Link from 'next/link'

/** The mark and the name: a pulse. Leads home. */
export function Brand() {
  return (
    <Link
      href="/"
      aria-label="why1006, to the Live page"
      className="flex h-8 items-center gap-2 px-2 text-lead font-semibold"
    >
      <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true" className="shrink-0 text-alive">
        <path
          d="M0 9h4.5l2-3.5L9 1l4 14 2.5-6H22"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinejoin="round"
        />
      </svg>
      <span className="md:max-lg:sr-only">why1006</span>
    </Link>
  )
}
