/**
 * A knob of a fault: one query parameter with its kind, unit, bounds and default. The server judges requests by
 * it, `GET /api/lab` lists it, the page draws its control and the command line its help.
 */
export type KnobUnit = 'seconds' | 'milliseconds' | 'bytes' | 'bytes per second' | 'close code'

export type NumberKnob = {
  kind: 'number'
  /** What turning it does, in one sentence. */
  says: string
  unit: KnobUnit
  default: number
  min: number
  max: number
  /** Only whole numbers. */
  whole: boolean
}

export type ChoiceKnob<Choice extends string = string> = {
  kind: 'choice'
  says: string
  default: NoInfer<Choice>
  choices: readonly Choice[]
}

export type TextKnob = {
  kind: 'text'
  says: string
  default: string
  /** In UTF-8. */
  max_bytes: number
  /** `token`: 1 to `max_bytes` of `[A-Za-z0-9_-]`. */
  form: 'any' | 'token'
}

export type Knob = NumberKnob | ChoiceKnob | TextKnob

export type KnobValue<K extends Knob> = K extends NumberKnob
  ? number
  : K extends ChoiceKnob<infer Choice>
    ? Choice
    : string

type NumberBounds = { default: number; min: number; max: number }

export const seconds = (says: string, bounds: NumberBounds): NumberKnob => ({
  kind: 'number',
  says,
  unit: 'seconds',
  whole: false,
  ...bounds,
})

export const wholeNumber = (unit: KnobUnit, says: string, bounds: NumberBounds): NumberKnob => ({
  kind: 'number',
  says,
  unit,
  whole: true,
  ...bounds,
})

export const oneOf = <const Choice extends string>(
  says: string,
  choices: readonly Choice[],
  byDefault: NoInfer<Choice>,
): ChoiceKnob<Choice> => ({ kind: 'choice', says, default: byDefault, choices })

export const token = (says: string, byDefault: string): TextKnob => ({
  kind: 'text',
  says,
  default: byDefault,
  max_bytes: 64,
  form: 'token',
})

export const anyText = (says: string, byDefault: string, maxBytes: number): TextKnob => ({
  kind: 'text',
  says,
  default: byDefault,
  max_bytes: maxBytes,
  form: 'any',
})

export type KnobReading = { ok: true; value: number | string } | { ok: false; allowed: string }

/** Judges the text of one knob, as a query or a command line gives it. */
export function readKnob(knob: Knob, given: string): KnobReading {
  const refused: KnobReading = { ok: false, allowed: describeBounds(knob) }
  if (knob.kind === 'choice') return knob.choices.includes(given) ? { ok: true, value: given } : refused
  if (knob.kind === 'text') return fitsText(knob, given) ? { ok: true, value: given } : refused
  const value = /^-?\d{1,12}(\.\d{1,6})?$/.test(given) ? Number(given) : Number.NaN
  const fits = value >= knob.min && value <= knob.max && (!knob.whole || Number.isInteger(value))
  return fits ? { ok: true, value } : refused
}

/** What a knob takes, in words: `0.1 to 3600 seconds`, `fin or rst`. */
export function describeBounds(knob: Knob): string {
  if (knob.kind === 'choice') return knob.choices.join(' or ')
  if (knob.kind === 'number') {
    // A close code is no amount: it has no unit.
    const unit = knob.unit === 'close code' ? '' : ` ${knob.unit}`
    return `${knob.whole ? 'a whole number, ' : ''}${knob.min} to ${knob.max}${unit}`
  }
  return knob.form === 'token'
    ? `1 to ${knob.max_bytes} of A-Z, a-z, 0-9, _ and -`
    : `at most ${knob.max_bytes} bytes of UTF-8`
}

function fitsText(knob: TextKnob, given: string): boolean {
  if (new TextEncoder().encode(given).length > knob.max_bytes) return false
  return knob.form === 'any' || /^[A-Za-z0-9_-]+$/.test(given)
}
