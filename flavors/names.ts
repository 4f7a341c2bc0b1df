import type { Capabilities } from './flavor.ts'

const utf8 = new TextEncoder()

/** Length of a name in the unit of a flavor. */
export function nameLength(name: string, unit: Capabilities['identifierUnit']): number {
  if (unit === 'utf16') return name.length
  let length = 0
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at)
    const isPair = code >= 0xd800 && code < 0xdc00 && (name.charCodeAt(at + 1) & 0xfc00) === 0xdc00
    if (isPair) at++
    length += unit === 'characters' ? 1 : isPair ? 4 : code < 0x80 ? 1 : code < 0x800 ? 2 : 3
  }
  return length
}

/** FNV-1a over UTF-8, 8 hex digits. For names only: no secret hangs on it. */
export function hash8(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of utf8.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}

/** `name`, or where it is longer than the flavor allows its beginning and 8 hex digits that stand for all of it: same name in, same name out. */
export function bounded(name: string, { maxIdentifierLength, identifierUnit }: Pick<Capabilities, 'maxIdentifierLength' | 'identifierUnit'>): string {
  if (maxIdentifierLength === null || nameLength(name, identifierUnit) <= maxIdentifierLength) return name
  let head = ''
  let length = 0
  for (const character of name) {
    length += nameLength(character, identifierUnit)
    if (length > maxIdentifierLength - 9) break
    head += character
  }
  return `${head}_${hash8(name)}`
}
