import { createHash } from 'node:crypto'

/** What tells one content of a model's files from any other: SHA-256 over names and bytes, whatever their order. */
export function contentStamp(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): string {
  const hash = createHash('sha256')
  for (const { name, bytes } of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) hash.update(`${name}\0${bytes.length}\0`).update(bytes)
  return hash.digest('hex')
}
