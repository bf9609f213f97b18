/**
 * Addresses of the lab: `/lab/<fault>/<endpoint path>?<knobs and what belongs to the endpoint>`. Reading one
 * takes the knobs out, so that the endpoint is asked as if there were no lab. With `fixed=yes` among them the fault
 * is put right: what is read is a call of `pass-through`.
 */

import { commonKnobs, type FaultId, faultIds, faultOf, isFaultId, type KnobsOf } from '#lib/lab/faults.ts'
import { describeBounds, type Knob, readKnob } from '#lib/lab/knob.ts'
import { quoted } from '#lib/text/foreign.ts'

/** A fault with the values of its knobs, as one pair, so that the types of both go together. */
export type FaultCall<Id extends FaultId = FaultId> = {
  [Each in Id]: { fault: Each; knobs: KnobsOf<Each> }
}[Id]

export type LabAddress = {
  call: FaultCall
  /** Path of the endpoint behind it. */
  endpoint: string
  /** What is left for the endpoint, with its question mark; empty where nothing is. */
  search: string
}

export type LabProblem = {
  code: 'unknown-fault' | 'unknown-endpoint' | 'unknown-knob' | 'bad-knob'
  message: string
  /** Everything that would have been right. */
  allowed: readonly string[]
}

export type LabReading = { ok: true; address: LabAddress } | { ok: false; problems: readonly LabProblem[] }

const prefix = '/lab/'

export const isLabPath = (path: string): boolean => path === '/lab' || path.startsWith(prefix)

/**
 * Judges path and query of a request to the lab.
 * @param parametersOf the query parameters that an endpoint takes itself, undefined where there is no such endpoint
 */
export function readLabAddress(
  path: string,
  query: URLSearchParams,
  endpoints: readonly string[],
  parametersOf: (endpoint: string) => readonly string[],
): LabReading {
  const [fault = '', ...rest] = path.slice(prefix.length).split('/')
  if (!path.startsWith(prefix) || !isFaultId(fault)) {
    return refused('unknown-fault', `There is no fault ${quoted(fault)}`, faultIds)
  }
  const endpoint = `/${rest.join('/')}`
  if (!endpoints.includes(endpoint)) {
    const examples = endpoints.map((known) => `${prefix}${fault}${known}`)
    return refused('unknown-endpoint', `There is no endpoint ${quoted(endpoint)} behind the lab`, examples)
  }
  const reading = readKnobs(fault, query, parametersOf(endpoint))
  if (!reading.ok) return reading
  const search = reading.rest.toString()
  return { ok: true, address: { call: reading.call, endpoint, search: search && `?${search}` } }
}

export type KnobsReading =
  | { ok: true; call: FaultCall; rest: URLSearchParams }
  | { ok: false; problems: readonly LabProblem[] }

/**
 * Judges the knobs of one fault; `passing` names what may stand beside them and is left in `rest`. A fault that is
 * `fixed` is read as `pass-through`, once its own knobs are right.
 */
export function readKnobs(
  fault: FaultId,
  query: URLSearchParams,
  passing: readonly string[] = [],
): KnobsReading {
  const knobs: Readonly<Record<string, Knob>> = { ...faultOf(fault).knobs, ...commonKnobs }
  const rest = new URLSearchParams()
  const given = new Map<string, string>()
  const problems: LabProblem[] = []
  for (const [name, text] of query) {
    const knob = Object.hasOwn(knobs, name) ? knobs[name] : undefined
    if (knob === undefined && passing.includes(name)) rest.append(name, text)
    else if (knob === undefined) problems.push(unknownKnob(fault, name, knobs, passing))
    else if (given.has(name)) problems.push(badKnob(name, knob, `${name} is given twice`))
    else given.set(name, text)
  }
  const values: Record<string, string | number> = {}
  for (const [name, knob] of Object.entries(knobs)) {
    const text = given.get(name)
    const reading = text === undefined ? { ok: true as const, value: knob.default } : readKnob(knob, text)
    if (reading.ok) values[name] = reading.value
    else problems.push(badKnob(name, knob, `${name}=${quoted(text ?? '')} is not allowed`))
  }
  if (problems.length > 0) return { ok: false, problems }
  const { fixed, ...own } = values
  if (fixed === 'yes') return { ok: true, call: { fault: 'pass-through', knobs: {} }, rest }
  // Every value has been read by the knob of that name, which is what the pair's type says.
  return { ok: true, call: { fault, knobs: own } as FaultCall, rest }
}

/** The path and query that asks for a fault; knobs at their default may be left out. */
export function labPath(
  fault: FaultId,
  endpoint: string,
  knobs: Readonly<Record<string, string | number>> = {},
  query: Readonly<Record<string, string>> = {},
): string {
  const search = new URLSearchParams(query)
  for (const [name, value] of Object.entries(knobs)) search.set(name, String(value))
  const text = search.toString()
  return `${prefix}${fault}${endpoint}${text && `?${text}`}`
}

const refused = (code: LabProblem['code'], message: string, allowed: readonly string[]): LabReading => ({
  ok: false,
  problems: [{ code, message, allowed }],
})

function unknownKnob(
  fault: FaultId,
  name: string,
  knobs: Readonly<Record<string, Knob>>,
  passing: readonly string[],
): LabProblem {
  return {
    code: 'unknown-knob',
    message: `${fault} has no knob ${quoted(name)}, and the endpoint takes no such parameter`,
    allowed: [
      ...Object.entries(knobs).map(([known, knob]) => `${known}: ${describeBounds(knob)}`),
      ...passing,
    ],
  }
}

const badKnob = (name: string, knob: Knob, message: string): LabProblem => ({
  code: 'bad-knob',
  message,
  allowed: [`${name}: ${describeBounds(knob)}`],
})
