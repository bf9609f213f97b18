/** An observation, and where in the evidence it stands (`server[0].headers`). */
export type Because = { says: string; from: string }

export const say = (says: string, from: string): Because => ({ says, from })
