/** In characters. Apart from the contract, so that a form can know it without the code that reads contracts. */
export const longestChecklistUrl = 2048
