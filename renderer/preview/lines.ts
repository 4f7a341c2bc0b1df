/** 0-based numbers of the lines of `text` that `before` does not have in the same order. Lines at both ends are compared first; what is left, as a set. */
export function changedLines(before: string, text: string): readonly number[] {
  const old = before.split('\n')
  const now = text.split('\n')
  let start = 0
  while (start < now.length && start < old.length && now[start] === old[start]) start++
  let end = 0
  while (end < now.length - start && end < old.length - start && now[now.length - 1 - end] === old[old.length - 1 - end]) end++
  const known = new Set(old.slice(start, old.length - end))
  const changed: number[] = []
  for (let at = start; at < now.length - end; at++) if (!known.has(now[at] ?? '') && now[at]?.trim() !== '') changed.push(at)
  return changed
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whether the next line begins a statement. */
const isEnd = (line: string): boolean => line.trimEnd().endsWith(';') || line.trim() === '' || line.startsWith('--')

/** 0-based numbers of the lines that speak of a field: its name stands in them, quoted or as a whole word, inside the statements of its table. */
export function linesOfField(text: string, table: string, field: string): readonly number[] {
  if (field === '') return []
  const word = wordPattern(field)
  const home = wordPattern(table)
  const lines = text.split('\n')
  const hits: number[] = []
  let isInside = false
  let isStart = true
  for (const [at, line] of lines.entries()) {
    if (isStart) isInside = home.test(line)
    if (isInside && word.test(isStart ? line.replace(home, '') : line)) hits.push(at)
    isStart = isEnd(line)
  }
  return hits
}

/** A name as any flavor quotes it, or as a whole word. */
function wordPattern(name: string): RegExp {
  const quotedForms = [`"${name.replaceAll('"', '""')}"`, `[${name.replaceAll(']', ']]')}]`, `\`${name.replaceAll('`', '``')}\``]
  return new RegExp(`${quotedForms.map(escape).join('|')}|(?<![\\w$"\`[])${escape(name)}(?![\\w$"\`\\]])`, 'u')
}

/** A table whose statements stand in a text. */
export interface ShownTable {
  readonly id: string
  readonly name: string
  readonly fields: readonly { readonly id: string; readonly name: string }[]
}

/** A field with its table, by id. */
export interface FieldPlace {
  readonly table: string
  readonly field: string
}

/** The field that a line is about: of the table that its statement names first, the field named first in the line. Null when there is none. */
export function fieldOfLine(text: string, line: number, tables: readonly ShownTable[]): FieldPlace | null {
  const lines = text.split('\n')
  let start = line
  while (start > 0 && !isEnd(lines[start - 1] ?? '')) start--
  const table = firstNamed(lines[start] ?? '', tables)
  if (table === null) return null
  const words = lines[line] ?? ''
  const field = firstNamed(line === start ? words.replace(wordPattern(table.name), '') : words, table.fields)
  return field === null ? null : { table: table.id, field: field.id }
}

/** The one of `things` whose name stands first in some words. */
function firstNamed<T extends { readonly name: string }>(words: string, things: readonly T[]): T | null {
  let best: { readonly thing: T; readonly at: number } | null = null
  for (const thing of things) {
    const at = thing.name === '' ? -1 : words.search(wordPattern(thing.name))
    if (at >= 0 && (best === null || at < best.at)) best = { thing, at }
  }
  return best?.thing ?? null
}
