import type { Expression } from './expression-tree.ts'
import type { ValueType } from './value-type.ts'

const truths: ReadonlySet<string> = new Set(['t', 'true', 'y', 'yes', 'on', '1'])
const lies: ReadonlySet<string> = new Set(['f', 'false', 'n', 'no', 'off', '0'])

/** A number as the server writes it: no plus, a digit before the point, exponents written out. */
export function canonicalNumber(text: string): string {
  const plain = text
    .trim()
    .replaceAll('_', '')
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '')
    .replace(/^(-?)0+(?=\d)/, '$1')
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]?\d+)$/i.exec(plain)
  if (match === null) return plain
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const shift = Number(power)
  if (Math.abs(shift) > 400) return plain
  const digits = whole + fraction
  const point = whole.length + shift
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${(digits + '0'.repeat(point - digits.length)).replace(/^0+(?=\d)/, '')}`
  return `${sign}${digits.slice(0, point).replace(/^0+(?=\d)/, '')}.${digits.slice(point)}`
}

const isNumber = (text: string): boolean => /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text)

/** A literal text of a known type in the one spelling that the server would give it. */
export function literalOf(value: string, type: ValueType): Expression {
  switch (type) {
    case 'int16':
    case 'int32':
    case 'int64':
    case 'numeric':
    case 'float':
      return isNumber(value) ? { kind: 'number', value: canonicalNumber(value) } : { kind: 'string', value }
    case 'bool': {
      const word = value.trim().toLowerCase()
      return truths.has(word)
        ? { kind: 'word', value: 'true' }
        : lies.has(word)
          ? { kind: 'word', value: 'false' }
          : { kind: 'string', value }
    }
    case 'uuid':
      return { kind: 'string', value: value.trim().toLowerCase().replaceAll(/[{}]/g, '') }
    case 'blob':
      return { kind: 'string', value: /^\\x/i.test(value) ? value.toLowerCase() : value }
    case 'json':
      return { kind: 'string', value: canonicalJson(value) }
    case 'interval':
      return { kind: 'string', value: canonicalInterval(value) }
    default:
      return { kind: 'string', value: canonicalTime(value, type) }
  }
}

/** jsonb's own spelling: keys by length then bytes, one blank behind `:` and `,`. Texts with numbers that JavaScript would change stay. */
function canonicalJson(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    return /\d[.eE]|\d{15}/.test(text) ? text.trim() : jsonText(value)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const size = (text: string) => new TextEncoder().encode(text).length
  const keys = Object.entries(value).toSorted(([a], [b]) => size(a) - size(b) || (a < b ? -1 : 1))
  return `{${keys.map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item)}`).join(', ')}}`
}

/** ISO date and time with the parts that may be left out written: the server's own spelling in UTC. */
function canonicalTime(value: string, type: ValueType): string {
  const text = value.trim()
  const time = /^(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?$/.exec(text)
  if (type === 'time' && time !== null) return `${time[1]}:${time[2]}:${time[3] ?? '00'}${fraction(time[4])}`
  if (type !== 'timestamp' && type !== 'timestamptz') return value
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?\s*(Z|UTC|[+-]00(?::?00)?)?$/i.exec(text)
  if (match === null) return value
  const [, date, hour = '00', minute = '00', second = '00', rest] = match
  return `${date} ${hour}:${minute}:${second}${fraction(rest)}${type === 'timestamptz' ? '+00' : ''}`
}

const fraction = (digits: string | undefined): string => (digits ?? '').replace(/0+$/, '').replace(/\.$/, '')

const units: readonly (readonly [RegExp, 'months' | 'days' | 'seconds', number])[] = [
  [/^(?:y|yrs?|years?)$/, 'months', 12],
  [/^(?:mons?|months?)$/, 'months', 1],
  [/^(?:w|weeks?)$/, 'days', 7],
  [/^(?:d|days?)$/, 'days', 1],
  [/^(?:h|hrs?|hours?)$/, 'seconds', 3600],
  [/^(?:m|mins?|minutes?)$/, 'seconds', 60],
  [/^(?:s|secs?|seconds?)$/, 'seconds', 1],
]

/** `2 hours` as `02:00:00`, `1 year 2 mons 3 days 04:05:06`: the server's style `postgres`. Fractions, signs and other forms stay as they are. */
function canonicalInterval(value: string): string {
  const sum = { months: 0, days: 0, seconds: 0 }
  const text = value.trim().toLowerCase()
  const rest = text.replaceAll(/(\d+)\s*([a-z]+)|(\d+):(\d\d)(?::(\d\d))?/g, (all, count, word, hours, minutes, seconds) => {
    if (typeof hours === 'string') sum.seconds += Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)
    else {
      const unit = units.find(([pattern]) => pattern.test(String(word)))
      if (unit === undefined) return String(all)
      sum[unit[1]] += Number(count) * unit[2]
    }
    return ''
  })
  if (rest.trim() !== '' || text === '') return value
  const years = Math.floor(sum.months / 12)
  const months = sum.months % 12
  const two = (part: number) => String(part).padStart(2, '0')
  const clock = `${two(Math.floor(sum.seconds / 3600))}:${two(Math.floor(sum.seconds / 60) % 60)}:${two(sum.seconds % 60)}`
  const count = (part: number, name: string) => (part === 0 ? [] : [`${part} ${name}${part === 1 ? '' : 's'}`])
  const parts = [...count(years, 'year'), ...count(months, 'mon'), ...count(sum.days, 'day'), ...(sum.seconds === 0 ? [] : [clock])]
  return parts.length === 0 ? '00:00:00' : parts.join(' ')
}
