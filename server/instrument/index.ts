/** `why1006/instrument`: what people import into their own servers and clients. */
export { instrumentClient } from '#server/instrument/client.ts'
export type { InstrumentEvent } from '#server/instrument/event.ts'
export { type DrainOptions, drain, instrument } from '#server/instrument/instrument.ts'
export type { InstrumentOptions } from '#server/instrument/watching.ts'
