/** Why the probe would not do what it was asked; the message names the remedy. */
export type RefusalCode =
  | 'target-unreadable'
  | 'address-refused'
  | 'header-refused'
  | 'origin-refused'
  | 'subprotocol-refused'
  | 'option-refused'

/** The request itself is wrong or not allowed: nothing was sent. */
export class ProbeRefusal extends Error {
  readonly code: RefusalCode
  readonly facts: Readonly<Record<string, string>>

  constructor(code: RefusalCode, message: string, facts: Record<string, string> = {}) {
    super(message)
    this.name = 'ProbeRefusal'
    this.code = code
    this.facts = facts
  }
}
