/** Gives text to the browser to save. */
export function download(text: string, name: string, type: string): void {
  downloadBlob(new Blob([text], { type }), name)
}

export function downloadBlob(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
