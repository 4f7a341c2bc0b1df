/** Code points of the bytes 0x80 to 0x9F; the other bytes are their own code points. Source: WHATWG Encoding, index windows-1252. */
const high =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'
const byCode = new Map(Array.from(high, (char, at) => [char.charCodeAt(0), 0x80 + at]))

/** The text of bytes in Windows-1252. Every byte has a meaning, so this never fails. */
export function decodeWindows1252(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let from = 0; from < bytes.length; from += 8192) {
    const codes = Array.from(bytes.subarray(from, from + 8192), (byte) =>
      byte >= 0x80 && byte <= 0x9f ? high.charCodeAt(byte - 0x80) : byte,
    )
    pieces.push(String.fromCharCode(...codes))
  }
  return pieces.join('')
}

/** The bytes of a text in Windows-1252; null when it has a character that the encoding lacks. */
export function encodeWindows1252(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const byte = code < 0x80 || (code > 0x9f && code < 0x100) ? code : byCode.get(code)
    if (byte === undefined) return null
    bytes[at] = byte
  }
  return bytes
}
