import type { HeaderList } from '#lib/evidence/schema.ts'

/** All values of a header, joined as a list (RFC 9110 §5.3); undefined when it did not come. */
export function headerValue(headers: HeaderList | undefined, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const values = (headers ?? []).filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value)
  return values.length > 0 ? values.join(', ') : undefined
}
