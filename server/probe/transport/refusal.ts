import type { Sentence } from '#lib/text/foreign.ts'

/** Why the probe would not do what it was asked; the message names the remedy where only one place knows it. */
export type RefusalCode =
  | 'target-unreadable'
  | 'address-refused'
  | 'header-refused'
  | 'origin-refused'
  | 'subprotocol-refused'
  | 'option-refused'

const REMEDIES = {
  'target-unreadable': 'Write the address like wss://example.org/path or localhost:9000/ws.',
  'address-refused':
    'Run why1006 on that network itself, or name the address in PROBE_ALLOW. Link-local and cloud metadata addresses stay refused.',
  'header-refused': 'Leave the header out, or write it “Name: value” on one line.',
  'origin-refused': 'Write it like https://app.example, or ask for none.',
  'subprotocol-refused': 'Name each subprotocol once, without blanks.',
  'option-refused': 'Change the option as the message says.',
} satisfies Record<RefusalCode, string>

/** The request itself is wrong or not allowed: nothing was sent. */
export class ProbeRefusal extends Error {
  declare readonly message: Sentence
  readonly code: RefusalCode
  readonly facts: Readonly<Record<string, string>>

  constructor(code: RefusalCode, message: Sentence, facts: Record<string, string> = {}) {
    super(message)
    this.name = 'ProbeRefusal'
    this.code = code
    this.facts = facts
  }

  /** What whoever asked can do about it, in one sentence. */
  get remedy(): string {
    return REMEDIES[this.code]
  }
}
