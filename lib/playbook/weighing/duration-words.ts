/** `24 h`, `5 min`, `30 s`: in the largest unit that it fills. */
export function durationWords(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole >= 7200) return `${Number((whole / 3600).toFixed(1))} h`
  return whole >= 120 ? `${Number((whole / 60).toFixed(1))} min` : `${whole} s`
}
