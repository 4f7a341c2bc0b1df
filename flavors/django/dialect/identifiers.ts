import { hash8 } from '../../names.ts'
import { remember } from '../../remember.ts'
import { width } from './width.ts'
import { ambiguousNames, importedNames, keywords, modelAttributes } from './reserved.ts'

// Letters that every Python from 3.8 on takes: which others are letters hangs on the Unicode version that it was built with.
const letters = String.raw`A-Za-z0-9_\u00c0-\u024f\u0300-\u052f\u0531-\u05f2\u0620-\u06ff\u0900-\u0bff\u0e01-\u0e5b\u10a0-\u10ff\u1e00-\u1fff\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4db5\u4e00-\u9fef\uac00-\ud7a3`
const start = /^[\p{XID_Start}]/u
const foreign = new RegExp(`[^${letters}]|[^\\p{XID_Continue}]`, 'gu')
const isLetter = new RegExp(`^[${letters}]$`, 'u')

/** A name with `_` for what stands in no identifier, in the form (NFKC) that Python gives to identifiers. */
const cleaned = (name: string): string => name.normalize('NFKC').replaceAll(foreign, '_').normalize('NFKC').replaceAll(foreign, '_')

// `personId` and `URLPath` are two words each.
const snake = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')

const simple = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/

/**
 * A Python name of a field for a column, by the rules of inspectdb: lower case, `_` for other signs, none at either end and no two of them
 * (fields.E001, fields.E002), `number_` before a digit, `_field` behind a keyword and behind what would hide an attribute of the model.
 */
export const fieldWord = (column: string, isKey: boolean): string => (isKey ? keyWord(column) : plainWord(column))

const keyWord = remember((column) => wordOf(column, true))
const plainWord = remember((column) => wordOf(column, false))

function wordOf(column: string, isKey: boolean): string {
  const known = simple.test(column) ? column : null
  let word = known ?? cleaned(snake(column.normalize('NFKC')).toLowerCase()).replaceAll(/_+/g, '_')
  if (word === '' || word === '_') return 'field'
  if (word.startsWith('_')) word = `field${word}`
  if (word.endsWith('_')) word = `${word}field`
  if (!start.test(word)) word = /^\p{Nd}/u.test(word) ? `number_${word}` : `field_${word}`
  word = shortened(word, `_`)
  // `id` is Django's own name of a key that it makes (models.E004).
  const isTaken = keywords.has(word) || modelAttributes.has(word) || importedNames.has(word) || ambiguousNames.has(word) || (word === 'id' && !isKey)
  return isTaken || keywords.has(capital(word)) ? `${word}_field` : word
}

/** CamelCase of a name: `order_items`, `ORDER_ITEMS` and `order items` are OrderItems. Never empty; `Table` before what begins no identifier. */
export function classWord(name: string): string {
  const words = cleaned(name).split('_').filter((word) => word !== '')
  const camel = cleaned(words.map((word) => capital(word === word.toUpperCase() ? word.toLowerCase() : word)).join('')).replaceAll('_', '')
  return shortened(start.test(camel) ? camel : `Table${camel}`, '')
}

/** Names that leave room on a line: the beginning of a longer one, and 8 hex digits that stand for all of it. */
function shortened(word: string, separator: string): string {
  if (width(word) <= maxColumns) return word
  let head = ''
  for (const sign of word) {
    if (width(head + sign) > maxColumns - 9) break
    head += sign
  }
  return `${head.replace(/_+$/, '')}${separator}${hash8(word)}`
}

const maxColumns = 50

const capital = (word: string): string => {
  const [first = '', ...rest] = Array.from(word)
  const upper = first.toUpperCase()
  return (Array.from(upper).every((sign) => isLetter.test(sign)) ? upper : first) + rest.join('')
}

/** Upper-case name of a choice: `in progress` is IN_PROGRESS; never empty. */
export function choiceWord(value: string): string {
  const word = value.normalize('NFKD').replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '').toUpperCase()
  if (word === '') return value === '' ? 'EMPTY' : 'VALUE'
  return /^\d/.test(word) || ambiguousNames.has(word) ? `VALUE_${word}` : word
}

/** `word`, or the first of `word_2`, `word_3` ... that is free. */
export function free(word: string, isTaken: (word: string) => boolean, separator = '_'): string {
  let found = word
  for (let n = 2; isTaken(found); n++) found = `${word}${separator}${n}`
  return found
}
