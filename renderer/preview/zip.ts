/** A file of an archive. Paths use `/`. */
export interface ZipFile {
  readonly path: string
  readonly text: string
}

const table = Array.from({ length: 256 }, (_, at) => {
  let value = at
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}

const utf8Names = 0x0800
/** 1 January 1980: the same files give the same bytes at any time. */
const dosDate = 0x21

/** An archive of texts, stored as they are (APPNOTE.TXT 6.3.10): every system unpacks it, names are UTF-8. Less than 4 GiB and 65,535 files. */
export function zipOf(files: readonly ZipFile[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const bodies: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { path, text } of files) {
    const name = encoder.encode(path)
    const bytes = encoder.encode(text)
    const shared = [utf8Names, 0, 0, dosDate] as const
    const sizes = [crc32(bytes), bytes.length, bytes.length] as const
    const head = record([[4, 0x04034b50], [2, 20], ...shared.map((value) => [2, value] as const), ...sizes.map((value) => [4, value] as const), [2, name.length], [2, 0]], name)
    directory.push(
      record([[4, 0x02014b50], [2, 20], [2, 20], ...shared.map((value) => [2, value] as const), ...sizes.map((value) => [4, value] as const), [2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]], name),
    )
    bodies.push(head, bytes)
    offset += head.length + bytes.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = record([[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]])
  return joined([...bodies, ...directory, end])
}

/** Numbers, low byte first, each with its length in bytes; then a name. */
function record(numbers: readonly (readonly [2 | 4, number])[], name = new Uint8Array()): Uint8Array {
  const head = numbers.flatMap(([length, value]) => Array.from({ length }, (_, at) => (value >>> (8 * at)) & 0xff))
  return joined([Uint8Array.from(head), name])
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
