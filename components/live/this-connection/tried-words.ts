/** `/ did not open, this did` or `none opened: /, /ws`. */
export function triedWords(refused: readonly string[], isOpened: boolean, isElsewhere: boolean): string {
  const places = refused.join(', ')
  if (isOpened && isElsewhere) return `${places} did not open, this did`
  return isElsewhere ? `${places} did not open` : `none opened: ${places}`
}
