/**
 * Loaded before the tests: the same inputs on every run, so that a change is never blamed for another's fault.
 * `PROPERTY_SEED=7 npm run test:unit` looks elsewhere.
 */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1006) })
