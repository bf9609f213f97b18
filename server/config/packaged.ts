/** Set where the published package is built. */
declare const WHY1006_PACKAGED: boolean | undefined

/** Whether this runs from the published package, and not from a checkout. */
export const isPackaged = typeof WHY1006_PACKAGED === 'boolean'
