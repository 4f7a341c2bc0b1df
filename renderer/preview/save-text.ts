/** Offers a text, or the bytes of an archive, as a file of this name, in the way of the browser. */
export function saveText(name: string, content: string | Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([content], { type: typeof content === 'string' ? 'text/plain' : 'application/zip' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
