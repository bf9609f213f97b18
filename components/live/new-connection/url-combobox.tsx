'use client'
import { type KeyboardEvent, useId, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { fieldBox, fieldInput } from '#components/ui/field.tsx'

export interface Suggestion {
  url: string
  note: string
}

interface Props {
  value: string
  onChange: (value: string) => void
  suggestions: readonly Suggestion[]
  /** It was refused; the form says why. */
  isWrong: boolean
  /** Beside the value: what it is read as. */
  note: string | null
}

/**
 * The combobox "URL": anything may be typed, the list suggests. It follows the ARIA pattern "editable combobox
 * with list autocomplete"; the library's own would be a third of the page's whole budget of script.
 */
export function UrlCombobox({ value, onChange, suggestions, isWrong, note }: Props) {
  const listId = useId()
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [typed, setTyped] = useState(false)
  const shown = typed
    ? suggestions.filter((one) => one.url.toLowerCase().includes(value.toLowerCase()))
    : suggestions
  const visible = open && shown.length > 0

  const pick = (url: string) => {
    onChange(url)
    setOpen(false)
    setActive(-1)
  }
  /** Round and round; from the input itself (-1) down to the first, up to the last. */
  const move = (step: number) => {
    setOpen(true)
    setActive((now) =>
      visible ? (now + step + shown.length + (now < 0 && step < 0 ? 1 : 0)) % shown.length : now,
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = visible ? shown[active] : undefined
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Escape' && visible) setOpen(false)
    else if (event.key === 'Enter' && chosen !== undefined) pick(chosen.url)
    else {
      // Enter connects: the list would cover the new connection.
      if (event.key === 'Enter') setOpen(false)
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative min-w-0 flex-1">
      <label className={cx(fieldBox, 'h-[2.125rem] pointer-coarse:h-11')}>
        <span className="shrink-0 text-faint">URL</span>
        <input
          role="combobox"
          aria-expanded={visible}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={visible && active >= 0 ? `${listId}-${active}` : undefined}
          name="url"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={isWrong}
          placeholder="wss:// URL of your server"
          className={fieldInput}
          value={value}
          onChange={(event) => {
            onChange(event.target.value)
            setTyped(true)
            setOpen(true)
            setActive(-1)
          }}
          onMouseDown={() => {
            setTyped(false)
            setOpen(true)
          }}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {note !== null && (
          <span className="figures max-w-1/2 truncate text-faint max-sm:hidden" title={note}>
            {note}
          </span>
        )}
      </label>
      <div
        id={listId}
        role="listbox"
        aria-label="Suggested URLs"
        hidden={!visible}
        className="absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded-box border border-edge bg-panel py-1"
      >
        {shown.map((one, index) => (
          // Focus stays in the input; the active option is named by aria-activedescendant.
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            key={one.url}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={cx(
              'flex cursor-pointer items-center gap-3 px-2.5 py-1 hover:bg-raised',
              index === active && 'bg-raised',
            )}
            // Before the blur that would close the list under the pointer.
            onMouseDown={(event) => {
              event.preventDefault()
              pick(one.url)
            }}
          >
            <span className="figures min-w-0 flex-1 truncate">{one.url}</span>
            <span className="shrink-0 text-code text-faint">{one.note}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
