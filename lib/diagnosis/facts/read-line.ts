import type { LineParser } from '#lib/logs/record.ts'

/** Filled in as soon as the parsers of lib/logs are there. */
export const parseLine: LineParser = () => undefined
