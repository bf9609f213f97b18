import fc from 'fast-check'

/** Any characters, halves of them too. `fc.string({ unit: 'binary' })` lists all of Unicode first, which takes over a second. */
export const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(fc.nat(0x10_ffff), { maxLength }).map((points) => String.fromCodePoint(...points)),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength }) },
  )
