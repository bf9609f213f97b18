import Link from 'next/link'
import { buttonClass } from '#components/ui/button.tsx'

/** An address that is no page of this server. */
export default function NotFound() {
  return (
    <div className="mx-auto flex max-w-[60ch] flex-col items-start gap-3 pt-[18dvh]">
      <h1 className="text-title font-semibold">Page not found.</h1>
      <p className="text-soft text-pretty">
        If you meant a WebSocket endpoint, connect to it from Live. A browser tab cannot open one.
      </p>
      <Link href="/" className={buttonClass('primary', 'large')}>
        Go to Live
      </Link>
    </div>
  )
}
