/** One item of a list of columns: by name, or by id (`#id`) where the name would not do (two fields of one name). */
export type ListItem = { readonly by: 'name'; readonly name: string } | { readonly by: 'id'; readonly id: string }

/** One part of an index as written: `name DESC NULLS LAST`, `(lower(name))`. */
export interface WrittenPart {
  readonly item: ListItem | { readonly by: 'expression'; readonly expression: string }
  readonly order: 'asc' | 'desc'
  readonly nulls: 'first' | 'last' | ''
}

/** The items of `a, "b, c", #id`; null when it cannot be read. '' is the empty list. */
export function parseList(text: string): readonly ListItem[] | null {
  const parts = parseParts(text)
  const items = parts?.flatMap(({ item, order, nulls }) => (item.by === 'expression' || order === 'desc' || nulls !== '' ? [] : item))
  return items === undefined || items.length !== parts?.length ? null : items
}

/** The cell text of a list; `parseList` gives it back. */
export const renderList = (items: readonly ListItem[]): string => items.map(renderItem).join(', ')

/** The parts of an index cell; null when it cannot be read. */
export function parseParts(text: string): readonly WrittenPart[] | null {
  const found: WrittenPart[] = []
  let at = skipBlanks(text, 0)
  while (at < text.length) {
    const item = readItem(text, at)
    if (item === null) return null
    const end = text.indexOf(',', item.end)
    const words = text.slice(item.end, end === -1 ? text.length : end)
    const order = /^(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?\s*$/iu.exec(words)
    if (order === null) return null
    const nulls = order[2]?.toLowerCase()
    found.push({
      item: item.value,
      order: order[1]?.toLowerCase() === 'desc' ? 'desc' : 'asc',
      nulls: nulls === 'first' || nulls === 'last' ? nulls : '',
    })
    if (end === -1) return found
    at = skipBlanks(text, end + 1)
    if (at === text.length) return null
  }
  return found
}

/** The cell text of index parts; `parseParts` gives them back. */
export const renderParts = (parts: readonly WrittenPart[]): string =>
  parts
    .map(
      ({ item, order, nulls }) =>
        `${item.by === 'expression' ? renderExpression(item.expression) : renderItem(item)}${order === 'desc' ? ' DESC' : ''}${nulls === '' ? '' : ` NULLS ${nulls.toUpperCase()}`}`,
    )
    .join(', ')

/** A name as it stands in a list: in double quotes where it would be read as something else. */
export const renderItem = (item: ListItem): string =>
  item.by === 'id' ? `#${item.id}` : isPlain(item.name) ? item.name : quoted(item.name)

// A plain name may hold blanks, but not at an end, and not a word that would be read as the order of an index.
const isPlain = (name: string): boolean =>
  /^[^\s,"#(=][^,"]*$/u.test(name) && name.trim() === name && !/\s(?:asc|desc|first|last)$/iu.test(name)
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

interface Read<T> {
  readonly value: T
  readonly end: number
}

function readItem(text: string, at: number): Read<WrittenPart['item']> | null {
  const first = text[at]
  if (first === '"') {
    const read = readQuoted(text, at)
    return read === null ? null : { value: { by: 'name', name: read.value }, end: read.end }
  }
  if (first === '=' && text[at + 1] === '"') {
    const read = readQuoted(text, at + 1)
    return read === null ? null : { value: { by: 'expression', expression: read.value }, end: read.end }
  }
  if (first === '(') {
    const end = closingParenthesis(text, at)
    return end === -1 ? null : { value: { by: 'expression', expression: text.slice(at + 1, end) }, end: end + 1 }
  }
  const comma = text.indexOf(',', at)
  const bare =
    /^[^,]*?(?=(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*$)/iu.exec(text.slice(at, comma === -1 ? text.length : comma))?.[0] ??
    ''
  if (bare === '') return null
  return { value: bare.startsWith('#') ? { by: 'id', id: bare.slice(1) } : { by: 'name', name: bare }, end: at + bare.length }
}

function readQuoted(text: string, open: number): Read<string> | null {
  let at = text.indexOf('"', open + 1)
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at === -1 ? null : { value: text.slice(open + 1, at).replaceAll('""', '"'), end: at + 1 }
}

/** Index of the parenthesis that closes the one at `open`, text in quotes skipped; -1 when there is none. */
function closingParenthesis(text: string, open: number): number {
  let level = 0
  for (let at = open; at < text.length; at++) {
    const char = text[at]
    if (char === "'" || char === '"') {
      at = text.indexOf(char, at + 1)
      if (at === -1) return -1
    }
    if (char === '(') level++
    if (char === ')' && --level === 0) return at
  }
  return -1
}

function renderExpression(expression: string): string {
  const plain = `(${expression})`
  return closingParenthesis(plain, 0) === plain.length - 1 ? plain : `=${quoted(expression)}`
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/u.test(text[at] ?? '')) at++
  return at
}
