/** A pasted URL without its password, and the password: it must not stay in a text that is shown and kept. */
export function splitUrl(text: string): { readonly url: string; readonly password: string } {
  const trimmed = text.trim()
  const found = /^([a-z][a-z0-9+.-]*:\/\/)([^/@:]*):([^/@]*)@(.*)$/is.exec(trimmed)
  if (!found) return { url: trimmed, password: '' }
  return { url: `${found[1]}${found[2]}@${found[4]}`, password: decode(found[3] ?? '') }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What a connection is called when the person gives no name: the database, or the file without its folder and ending. */
export function nameOfUrl(url: string): string {
  const path = url.replace(/[?#].*$/, '').replace(/^[a-z][a-z0-9+.-]*:(\/\/[^/]*)?/i, '')
  return (path.split(/[/\\]/).at(-1) ?? '').replace(/\.(db|sqlite3?|sqlite)$/i, '')
}
