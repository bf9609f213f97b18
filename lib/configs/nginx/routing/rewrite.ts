/** The rewrite module's directives, in their order, for one request (`set`, `if`, `break`, `return`, `rewrite`). */
import { conditionWords } from '#lib/configs/nginx/checks/routing.ts'
import { evaluate, matchRegex } from '#lib/configs/nginx/routing/evaluate.ts'
import type { HttpRequest } from '#lib/configs/nginx/routing/request.ts'
import type { Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

export interface Rewritten {
  /** The scope, or that of the last `if` in it whose condition holds. */
  readonly scope: Scope
  /** The URI changed, and a location has to be searched for it. */
  readonly searchAgain: boolean
  /** A `return`, or a `rewrite` that redirects, which answers the request. */
  readonly answer?: { readonly by: Directive; readonly status: number; readonly to?: string | undefined }
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)

export function runRewrites(scope: Scope, request: HttpRequest): Rewritten {
  const state: State = { scope, changed: false, stopped: false }
  run(scope, request, state)
  const { scope: last, changed, answer } = state
  return { scope: last, searchAgain: changed, ...(answer && { answer }) }
}

interface State {
  scope: Scope
  changed: boolean
  stopped: boolean
  answer?: NonNullable<Rewritten['answer']>
}

function run(scope: Scope, request: HttpRequest, state: State): void {
  for (const directive of scope.block.block ?? []) {
    if (state.stopped) return
    const { name, args } = directive
    if (name === 'set') {
      request.variables.set((args[0] ?? '').slice(1).toLowerCase(), evaluate(args[1] ?? '', request, scope))
    } else if (name === 'break') state.stopped = true
    else if (name === 'return') finish(state, returned(directive, request, scope))
    else if (name === 'rewrite') rewrite(directive, request, scope, state)
    else if (name === 'if' && holds(directive, request, scope)) {
      state.scope = { block: directive, parent: scope }
      run(state.scope, request, state)
    }
  }
}

function finish(state: State, answer: NonNullable<Rewritten['answer']>): void {
  state.answer = answer
  state.stopped = true
}

function returned(by: Directive, request: HttpRequest, scope: Scope): NonNullable<Rewritten['answer']> {
  const [first = '', text] = by.args
  const status = /^\d+$/.test(first) ? Number(first) : 302
  const target = status === 302 && text === undefined ? first : text
  if (!isRedirect(status)) return { by, status, to: text }
  return { by, status, to: evaluate(target ?? '', request, scope) ?? target }
}

function rewrite(by: Directive, request: HttpRequest, scope: Scope, state: State): void {
  const [pattern = '', replacement = '', flag] = by.args
  if (!matchRegex(pattern, false, request.uri, request, by)) return
  const to = evaluate(replacement, request, scope) ?? replacement
  if (flag === 'redirect' || flag === 'permanent' || /^(https?:\/\/|\$scheme)/.test(replacement)) {
    finish(state, { by, status: flag === 'permanent' ? 301 : 302, to })
    return
  }
  const [uri = '', args] = to.split('?')
  request.uri = uri
  if (args !== undefined) request.args = [args, request.args].filter((part) => part !== '').join('&')
  state.changed = flag !== 'break'
  state.stopped = flag === 'last' || flag === 'break'
}

/** False too where it depends on what is not known. Of files, only the folder `/` is taken to exist. */
function holds(by: Directive, request: HttpRequest, scope: Scope): boolean {
  const [subject = '', comparison, wanted = ''] = conditionWords(by.args) ?? []
  const file = /^(!?)-([fdex])$/.exec(subject)
  if (file) return (file[2] !== 'f' && request.uri === '/') !== (file[1] === '!')
  const value = evaluate(subject, request, scope)
  if (value === undefined) return false
  if (comparison === undefined) return value !== '' && value !== '0'
  if (comparison.includes('~')) {
    const matched = matchRegex(wanted, comparison.endsWith('*'), value, request, by)
    return matched !== undefined && matched !== comparison.startsWith('!')
  }
  const other = evaluate(wanted, request, scope)
  return other !== undefined && (value === other) === (comparison === '=')
}
