/** A piece of Python: what the printer lays out. */
export type Py =
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'call'; readonly head: string; readonly args: readonly Py[] }
  | { readonly kind: 'keyword'; readonly name: string; readonly value: Py }
  | { readonly kind: 'list' | 'tuple'; readonly items: readonly Py[] }
  /** `a & b & c`: operands that are operations themselves come in parentheses of their own. */
  | { readonly kind: 'operation'; readonly sign: string; readonly items: readonly Py[] }
  /** `~q`, `-x`. */
  | { readonly kind: 'prefix'; readonly sign: string; readonly of: Py }

export const atom = (text: string): Py => ({ kind: 'atom', text })
export const call = (head: string, ...args: readonly Py[]): Py => ({ kind: 'call', head, args })
export const keyword = (name: string, value: Py | string): Py => ({ kind: 'keyword', name, value: typeof value === 'string' ? atom(value) : value })
export const list = (items: readonly Py[]): Py => ({ kind: 'list', items })
export const text = (value: string): Py => atom(pythonString(value))

/** One operand stays itself. */
export const operation = (sign: string, items: readonly Py[]): Py => (items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'operation', sign, items })

// What has no glyph of its own or turns the direction of what follows stands as an escape.
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|[^\S ]/u
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

const bare = /^[ !#-[\]-~]*$/

/** A Python string: double quotes, or single ones where that takes fewer backslashes, as black has it. */
export function pythonString(value: string): string {
  if (bare.test(value)) return `"${value}"`
  const quote = value.split('"').length > value.split("'").length ? "'" : '"'
  let result = quote
  for (const sign of value) result += sign === quote ? `\\${quote}` : (short[sign] ?? (hidden.test(sign) ? escaped(sign) : sign))
  return result + quote
}

function escaped(sign: string): string {
  const code = sign.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
