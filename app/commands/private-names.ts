import { foldName, tableKey } from '../diff/names.ts'
import type { Capabilities } from '../flavor/capabilities.ts'
import type { TableName } from '../model/shape.ts'

type Rules = Pick<Capabilities, 'identifierComparison' | 'defaultSchema' | 'maxIdentifierLength' | 'identifierUnit'>

/** Makes names of our own (backups, places to step aside) that nobody else has: the same input gives the same names. */
export interface PrivateNames {
  /** A name in `schema`, made from `base`, for `purpose`: `users__mm_1a2b3c4d`. Each call takes the name it gives. */
  make(schema: string, base: string, purpose: string): string
}

const mark = '__mm_'
// Room for what a flavor appends to the name of a backup (its keys and indexes are named after it).
const reserve = 12

/** Names that clash with none of `taken`, nor with each other. */
export function privateNames(rules: Rules, taken: readonly TableName[]): PrivateNames {
  const used = new Set(taken.map((name) => tableKey(rules, name)))
  return {
    make(schema, base, purpose) {
      for (let attempt = 0; ; attempt++) {
        const name = cut(base, rules, mark.length + 8 + reserve) + mark + digits(`${purpose}\u0000${schema}\u0000${base}\u0000${attempt}`)
        const key = tableKey(rules, { schema, name })
        if (used.has(key)) continue
        used.add(key)
        return name
      }
    },
  }
}

/** Whether a name was made here: such a table is a backup, never part of a model. */
export function isPrivateName(rules: Rules, name: string): boolean {
  return /__mm_[0-9a-f]{8}$/.test(foldName(rules, name))
}

/** `text` without its end, so that `room` units are left below the flavor's limit; never cuts inside a character. */
function cut(text: string, rules: Rules, room: number): string {
  if (rules.maxIdentifierLength === null) return text
  let left = rules.maxIdentifierLength - room
  let kept = ''
  for (const character of text) {
    left -= sizeOf(character, rules.identifierUnit)
    if (left < 0) break
    kept += character
  }
  return kept
}

function sizeOf(character: string, unit: Rules['identifierUnit']): number {
  if (unit === 'characters') return 1
  if (unit === 'utf16') return character.length
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_00_00 ? 3 : 4
}

/** Eight hex digits of FNV-1a, 32 bit: a name needs to be stable and spread, not secret; clashes are looked for anyway. */
function digits(text: string): string {
  let hash = 0x81_1c_9d_c5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
