import type { DataType } from '../../../app/model/data-type.ts'
import { isSign, tokenize, type Token } from '../../lexer.ts'
import { fold } from './names.ts'
import { rules } from './lexical.ts'

const simple: Readonly<Record<string, DataType>> = {
  BOOLEAN: { kind: 'bool' }, TINYINT: { kind: 'int8' }, SMALLINT: { kind: 'int16' }, INT: { kind: 'int32' }, INTEGER: { kind: 'int32' }, BIGINT: { kind: 'int64' },
  FLOAT: { kind: 'float32' }, DOUBLE: { kind: 'float64' }, REAL: { kind: 'float64' }, STRING: { kind: 'text' }, VARCHAR: { kind: 'text' }, BINARY: { kind: 'blob' }, DATE: { kind: 'date' },
  TIMESTAMP: { kind: 'timestamp', precision: null }, DECIMAL: { kind: 'decimal', precision: 9, scale: 0 }, CHAR: { kind: 'char', length: 1 },
  VARIANT: { kind: 'native', flavor: 'impala', text: 'VARIANT' }, UUID: { kind: 'native', flavor: 'impala', text: 'UUID' },
}

/** A type and where it ends; null when it is none. */
type Read = { readonly type: DataType; readonly next: number } | null

// Deeper than this Impala refuses a type by itself (Type.MAX_NESTING_DEPTH is 100); nobody writes it.
const maxDepth = 100

/** Logical type of a native spelling, synonyms folded; null when Impala has no such type. Source: sql-parser.cup, type_def. */
export function parseNative(text: string): DataType | null {
  const tokens = tokenize(text, rules)
  const read = typeAt(tokens, 0, 0)
  return read === null || read.next !== tokens.length ? null : read.type
}

function typeAt(tokens: readonly Token[], at: number, depth: number): Read {
  const word = tokens[at]?.kind === 'word' ? (tokens[at]?.value.toUpperCase() ?? '') : ''
  if (word === '' || depth > maxDepth) return null
  if (isSign(tokens[at + 1], '<')) return nested(word, tokens, at + 2, depth)
  if (isSign(tokens[at + 1], '(')) return sized(word, tokens, at + 2)
  const type = Object.hasOwn(simple, word) ? simple[word] : undefined
  return type === undefined ? null : { type, next: at + 1 }
}

function nested(word: string, tokens: readonly Token[], at: number, depth: number): Read {
  if (word === 'ARRAY') {
    const element = typeAt(tokens, at, depth + 1)
    return element === null || !isSign(tokens[element.next], '>') ? null : { type: { kind: 'array', element: element.type }, next: element.next + 1 }
  }
  if (word === 'MAP') {
    const key = typeAt(tokens, at, depth + 1)
    if (key === null || !isSign(tokens[key.next], ',')) return null
    const value = typeAt(tokens, key.next + 1, depth + 1)
    return value === null || !isSign(tokens[value.next], '>') ? null : { type: { kind: 'map', key: key.type, value: value.type }, next: value.next + 1 }
  }
  return word === 'STRUCT' ? struct(tokens, at, depth) : null
}

function struct(tokens: readonly Token[], start: number, depth: number): Read {
  const members: { name: string; type: DataType }[] = []
  for (let at = start; ; ) {
    const name = tokens[at]
    if (name === undefined || (name.kind !== 'word' && name.kind !== 'name') || !isSign(tokens[at + 1], ':')) return null
    const member = typeAt(tokens, at + 2, depth + 1)
    if (member === null) return null
    members.push({ name: fold(name.value), type: member.type })
    at = member.next
    // A comment of a member is read over: the model has no place for it.
    if (/^comment$/i.test(tokens[at]?.value ?? '') && tokens[at + 1]?.kind === 'text') at += 2
    if (isSign(tokens[at], '>')) return { type: { kind: 'struct', members }, next: at + 1 }
    if (!isSign(tokens[at], ',')) return null
    at++
  }
}

function sized(word: string, tokens: readonly Token[], at: number): Read {
  const numbers: number[] = []
  for (let place = at; ; place += 2) {
    const token = tokens[place]
    if (token?.kind !== 'number' || !/^\d{1,9}$/.test(token.text)) return null
    numbers.push(Number(token.text))
    if (isSign(tokens[place + 1], ')')) {
      const type = withNumbers(word, numbers)
      return type === null ? null : { type, next: place + 2 }
    }
    if (!isSign(tokens[place + 1], ',')) return null
  }
}

function withNumbers(word: string, [first = 0, second, ...more]: readonly number[]): DataType | null {
  if (more.length > 0) return null
  if (word === 'DECIMAL') return { kind: 'decimal', precision: first, scale: second ?? 0 }
  if (second !== undefined) return null
  if (word === 'CHAR') return { kind: 'char', length: first }
  return word === 'VARCHAR' ? { kind: 'varchar', length: first } : null
}
