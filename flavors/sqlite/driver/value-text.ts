import type { Value } from '../../flavor.ts'
import type { SqliteValue } from './digest.ts'

/** A value as text: integers exact, reals by the shortest text that reads back equal (with a point, so that it stays a real), blobs as `\x` and hex. */
export function textOf(value: SqliteValue): Value {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') return realText(value)
  return `\\x${Buffer.from(value).toString('hex')}`
}

function realText(value: number): string {
  if (value === Infinity) return 'Inf'
  if (value === -Infinity) return '-Inf'
  if (Object.is(value, -0)) return '-0.0'
  const text = String(value)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}
