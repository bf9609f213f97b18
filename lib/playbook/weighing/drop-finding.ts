/**
 * Weighs the signals of a lost transport for one cause against those for the others.
 *
 * To a page all lost transports look the same (1006, no error event, empty console). Each signal stands for a
 * mechanism that one of the other observers can see.
 */
import type { Facts } from '#lib/facts/facts.ts'
import type { Finding, Signals } from '#lib/playbook/cause.ts'

/**
 * The finding for one cause of a lost transport. `weight` is its place among causes that nothing speaks for.
 * A decisive signal for one cause rules the others out; two decisive signals for two causes leave both likely.
 */
export function dropFinding({ ending, clientGone }: Facts, { own, others }: Signals, weight = 0.5): Finding {
  const because = own.map((signal) => signal.because)
  const decided = others.filter((signal) => signal.strength === 'decisive')
  if (own.some((signal) => signal.strength === 'decisive')) {
    return decided.length > 0
      ? { is: 'likely', because }
      : { is: 'proven', because: [...ending.because, ...because] }
  }
  if (decided.length > 0) return { is: 'ruled-out', because: decided.map((signal) => signal.because) }
  if (own.length > 0) return { is: 'likely', because, weight: Math.min(1, 0.5 + 0.1 * own.length) }
  // A hop in front of the proxy that says so may have ended it, with a timer of its own.
  const isOther = others.length > 0 || clientGone !== undefined
  return { is: 'possible', because: ending.because, weight: isOther ? weight / 2 : weight }
}
