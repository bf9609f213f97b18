/** A path that is passed on, but for a check on the way that says no. */
import type { Edit } from '#lib/configs/nginx/edits/edit.ts'
import type { Answer } from '#lib/configs/nginx/routing/route.ts'
import { describePlace, type Found, headOf, type Route, written } from '#lib/configs/nginx/rule.ts'
import { children, inherited, passDirective, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { type Code, joined } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

const ACCESS = ['deny', 'limit_except', 'auth_request']

/** A check said no on the way to a backend: the path is right, and the request is not wanted. */
export function isRefusal(answer: Answer): boolean {
  if (answer.kind !== 'other') return false
  const { by, scope } = answer
  const isPassedOn = passDirective(scope, 'proxy_pass') !== undefined
  if (ACCESS.includes(by.name)) return isPassedOn
  const isCondition = scope.block.name === 'if' && children(scope.block, 'return').includes(by)
  return isCondition && (isPassedOn || scope.parent?.block.name === 'server')
}

/** What is told of it; the path is another's business. */
export function refused({ path, answer }: Pick<Route, 'path' | 'answer'>): Found | undefined {
  if (answer.kind !== 'other' || !isRefusal(answer)) return undefined
  const { by, scope, place, what } = answer
  const because = scope.block.name === 'if' ? headOf(scope.block) : headOf(by)
  return {
    severity: 'error',
    cause: 'forbidden',
    at: by,
    says: sentence`No proxy_pass takes ${path}: in ${describePlace(place)} the request is ${what}, by ${because}, and the backend never sees it.`,
    ...changeFor(by, scope),
  }
}

function changeFor(by: Directive, scope: Scope): { fix: Code<'nginx'>; edits?: readonly Edit[] } {
  if (by.name === 'deny') return { fix: nginx`# before ${written(by)}\nallow YOUR_CLIENT_NETWORK;` }
  if (by.name === 'limit_except') {
    const head = joined([nginx`limit_except GET`, ...by.args.map(nginx.argument)], ' ')
    return { fix: nginx`${head} {`, edits: [{ kind: 'head', directive: by, head }] }
  }
  if (by.name === 'auth_request') {
    const uri = nginx.argument(by.args[0] ?? '')
    return {
      fix: nginx`# ${uri} has to answer with a 2xx; a browser's handshake brings cookies, and no headers of yours`,
    }
  }
  const referers = inherited(scope, 'valid_referers')
  if (referers && /\$\{?invalid_referer/.test(scope.block.args.join(' '))) {
    const line = nginx`${joined([nginx`valid_referers none`, ...referers.args.map(nginx.argument)], ' ')};`
    return {
      fix: nginx`# a handshake has no Referer\n${line}`,
      edits: [{ kind: 'replace', directive: referers, lines: [line] }],
    }
  }
  return { fix: nginx`# ${headOf(scope.block)} holds for this handshake, and must not` }
}
