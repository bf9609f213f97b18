/** Blocks in which a directive may stand, in nginx's own words. */
export type Context =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'upstream'
  | 'server-if'
  | 'location-if'
  | 'limit_except'

/**
 * How nginx reads the value. `msec` and `sec` are times counted in milliseconds and seconds; `enum` takes one word of a list,
 * `mask` any number of them; `any` is read by the directive's own code, which may refuse it.
 */
export type Kind =
  | 'block'
  | 'flag'
  | 'msec'
  | 'sec'
  | 'number'
  | 'size'
  | 'offset'
  | 'string'
  | 'enum'
  | 'mask'
  | 'buffers'
  | 'any'

/**
 * Contexts, numbers of arguments (`12` is one or two, `1+` one or more, `*` any), kind, names, and for `enum` and `mask` the
 * words, each list parted by spaces.
 */
export type Signature = readonly [string, string, Kind, string, string?]
