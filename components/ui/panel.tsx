import { type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

interface Props {
  /** The accessible name of the region and its heading. */
  title: string
  /** A quiet word beside the title: a count, a unit, a path. */
  note?: ReactNode
  /** Buttons and filters at the right of the header. */
  actions?: ReactNode
  children: ReactNode
  className?: string
  /** Gives the panel another element or role than `region`, where the contract names one inside it. */
  plain?: boolean
  id?: string
}

/**
 * The one frame: a titled box with a header of fixed height. It is a region named by its title, so that
 * screen readers and tests find it. What it holds owns its three states: Skeleton, Empty, Failed.
 */
export function Panel({ title, note, actions, children, className, plain, id }: Props) {
  const titleId = useId()
  return (
    <section
      id={id}
      aria-labelledby={plain ? undefined : titleId}
      className={cx('flex min-h-0 min-w-0 flex-col rounded-box border border-line bg-panel', className)}
    >
      <header className="flex min-h-[2.875rem] items-center max-sm:flex-wrap gap-x-2.5 gap-y-2 border-b border-line px-3.5 py-2.5">
        <h2 id={titleId} className="max-w-full shrink-0 font-semibold wrap-anywhere">
          {title}
        </h2>
        {note !== undefined && <span className="min-w-0 truncate text-faint">{note}</span>}
        {actions !== undefined && actions !== false && (
          <div className="ml-auto flex min-w-0 items-center gap-1.5 max-sm:flex-wrap max-sm:justify-end sm:shrink-0">
            {actions}
          </div>
        )}
      </header>
      {children}
    </section>
  )
}
