import type { FieldPlace, ShownTable } from './lines.ts'

/** One assignment in a class: `name = models....`, which may run over several lines. */
interface Entry {
  readonly name: string
  /** 0-based first line, and the one behind the last. */
  readonly start: number
  readonly end: number
  readonly text: string
}

interface ClassBlock {
  readonly table: string | null
  readonly entries: readonly Entry[]
}

/** Classes of a file as black writes them: four blanks before an entry, `db_table` in Meta. */
function classesOf(text: string): readonly ClassBlock[] {
  const lines = text.split('\n')
  const starts = lines.flatMap((line, at) => (line.startsWith('class ') ? [at] : []))
  return starts.map((start, index) => classOf(lines, start, starts[index + 1] ?? lines.length))
}

function classOf(lines: readonly string[], start: number, end: number): ClassBlock {
  const heads: number[] = []
  let table: string | null = null
  for (let at = start + 1; at < end; at++) {
    const line = lines[at] ?? ''
    if (/^ {4}\S/.test(line) && !/^ {4}[)\]}#]/.test(line)) heads.push(at)
    table ??= tableOf(line)
  }
  const entries = heads.map((head, index): Entry => {
    const behind = heads[index + 1] ?? end
    const own = lines.slice(head, behind)
    const [, name = ''] = /^ {4}(\w+) = /u.exec(own[0] ?? '') ?? []
    const used = own.findLastIndex((line) => line.trim() !== '') + 1
    return { name, start: head, end: head + used, text: own.join('\n') }
  })
  return { table, entries }
}

/** The value of a `db_table` line; the last part of a qualified one. */
function tableOf(line: string): string | null {
  const [, literal] = /^ {8}db_table = (".*"|'.*')$/.exec(line) ?? []
  if (literal === undefined) return null
  const value = unquoted(literal)
  const [, last] = /^(?:"(?:[^"]|"")*"|\[[^\]]*\])\.(?:"((?:[^"]|"")*)"|\[[^\]]*\])$/.exec(value) ?? []
  return last === undefined ? value : last.replaceAll('""', '"')
}

const unquoted = (literal: string): string => literal.slice(1, -1).replaceAll(/\\(.)/g, '$1')

function isOf(entry: Entry, field: string): boolean {
  if (entry.name === '') return false
  const [, column] = /db_column=("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/.exec(entry.text) ?? []
  if (column !== undefined) return unquoted(column) === field
  return entry.name === field || `${entry.name}_id` === field
}

/** 0-based lines of the model field that stands for a field of a table. */
export function linesOfFieldInPython(text: string, table: string, field: string): readonly number[] {
  const block = classesOf(text).find((one) => one.table === table)
  const entry = block?.entries.find((one) => isOf(one, field))
  return entry === undefined ? [] : Array.from({ length: entry.end - entry.start }, (_, at) => entry.start + at)
}

/** The field whose model field holds the line, of the table that its class stands for. */
export function fieldOfLineInPython(text: string, line: number, tables: readonly ShownTable[]): FieldPlace | null {
  for (const block of classesOf(text)) {
    const entry = block.entries.find(({ start, end }) => start <= line && line < end)
    if (entry === undefined) continue
    const table = tables.find(({ name }) => name === block.table)
    const field = table?.fields.find(({ name }) => isOf(entry, name))
    return table === undefined || field === undefined ? null : { table: table.id, field: field.id }
  }
  return null
}
