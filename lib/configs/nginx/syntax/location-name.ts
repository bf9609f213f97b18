/** The arguments of `location`, as `ngx_http_core_location` takes them apart. */

export type LocationName =
  | { readonly kind: 'exact' | 'prefix' | 'named'; readonly text: string }
  /** A prefix with `^~`: no regular expression is tried after it. */
  | { readonly kind: 'final-prefix'; readonly text: string }
  | { readonly kind: 'regex'; readonly text: string; readonly ignoreCase: boolean }

/** Undefined where nginx refuses the modifier. The modifier may be glued to the name: `location =/ws`. */
export function locationName(args: readonly string[]): LocationName | undefined {
  const [first = '', second] = args
  const modifier = second === undefined ? (/^(?:=|\^~|~\*?)/.exec(first)?.[0] ?? '') : first
  const text = second ?? first.slice(modifier.length)
  switch (modifier) {
    case '':
      if (second !== undefined) return undefined
      return { kind: text.startsWith('@') ? 'named' : 'prefix', text }
    case '=':
      return { kind: 'exact', text }
    case '^~':
      return { kind: 'final-prefix', text }
    case '~':
    case '~*':
      return { kind: 'regex', text, ignoreCase: modifier === '~*' }
    default:
      return undefined
  }
}
