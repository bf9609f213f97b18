/** Weighs the signals of a lost transport for one cause against those for the others. */

import type { Facts } from '#lib/facts/facts.ts'
import type { Finding } from '#lib/playbook/cause.ts'
import { dropSignals } from '#lib/playbook/weighing/drop.ts'
import type { DropCause, DropSignal } from '#lib/playbook/weighing/drop-signal.ts'

/** Eight causes read the same signals of one connection. */
const signalsByFacts = new WeakMap<Facts, DropSignal[]>()

function signalsOf(facts: Facts): DropSignal[] {
  const known = signalsByFacts.get(facts)
  if (known) return known
  const signals = dropSignals(facts)
  signalsByFacts.set(facts, signals)
  return signals
}

/**
 * The finding for one cause of a lost transport. `weight` is its place among causes that nothing speaks for.
 * A decisive signal for one cause rules the others out; two decisive signals for two causes leave both likely.
 */
export function dropFinding(facts: Facts, cause: DropCause, weight = 0.5): Finding {
  const signals = signalsOf(facts)
  const own = signals.filter((signal) => signal.cause === cause)
  const others = signals.filter((signal) => signal.cause !== cause)
  const because = own.map((signal) => signal.because)
  const decided = others.filter((signal) => signal.strength === 'decisive')
  if (own.some((signal) => signal.strength === 'decisive')) {
    return decided.length > 0
      ? { is: 'likely', because }
      : { is: 'proven', because: [...facts.ending.because, ...because] }
  }
  if (decided.length > 0) return { is: 'ruled-out', because: decided.map((signal) => signal.because) }
  if (own.length > 0) return { is: 'likely', because, weight: Math.min(1, 0.5 + 0.1 * own.length) }
  return { is: 'possible', because: facts.ending.because, weight: others.length > 0 ? weight / 2 : weight }
}
