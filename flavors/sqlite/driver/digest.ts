import { hash } from 'node:crypto'

/** A value as better-sqlite3 hands it to a function. */
export type SqliteValue = null | bigint | number | string | Uint8Array

/** Two 48-bit slices of each row's SHA-256, summed: the order of rows does not matter, a row more or less does. */
export interface DigestState {
  high: number
  low: number
}

// Below 2^53, so that a sum of two never rounds.
const modulus = 2 ** 52

export const digestStart = (): DigestState => ({ high: 0, low: 0 })

/** Adds one row. Values are told apart by type: NULL, 0, 0.0, '' and x'' all differ. */
export function digestStep(state: DigestState, values: readonly SqliteValue[]): DigestState {
  let row = ''
  for (const value of values) row += encode(value)
  const bytes = hash('sha256', row, 'buffer')
  state.high = (state.high + bytes.readUIntBE(0, 6)) % modulus
  state.low = (state.low + bytes.readUIntBE(6, 6)) % modulus
  return state
}

/** 26 hex digits. */
export function digestResult({ high, low }: DigestState): string {
  return high.toString(16).padStart(13, '0') + low.toString(16).padStart(13, '0')
}

function encode(value: SqliteValue): string {
  if (value === null) return 'n;'
  if (typeof value === 'bigint') return `i${value};`
  if (typeof value === 'number') return `r${Object.is(value, -0) ? '-0' : value};`
  // The length stands before the text, so that no text can look like two values.
  if (typeof value === 'string') return `t${value.length}:${value};`
  return `b${Buffer.from(value).toString('hex')};`
}
