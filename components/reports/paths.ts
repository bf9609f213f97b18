/** All reports of one URL. */
export const historyPath = (url: string): string => `/reports/history?${new URLSearchParams({ url })}`
