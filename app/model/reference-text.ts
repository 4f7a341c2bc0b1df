/** A reference as a person writes it in one cell: `[schema.]table.column`, or `table` alone for its primary key. `schema` null: not given. */
export interface ReferenceText {
  readonly schema: string | null
  readonly table: string
  /** Null: the parent's primary key. */
  readonly column: string | null
}

const part = /(?:"((?:[^"]|"")*)"|([^."]+))(\.|$)/uy

/** The parts of a reference cell; null when it is not readable. A name with a dot, a quote or blanks at its ends stands in double quotes. */
export function parseReference(text: string): ReferenceText | null {
  const trimmed = text.trim()
  const names: string[] = []
  part.lastIndex = 0
  while (part.lastIndex < trimmed.length) {
    const found = part.exec(trimmed)
    if (found === null) return null
    names.push(found[1]?.replaceAll('""', '"') ?? found[2]?.trim() ?? '')
    if (found[3] === '.' && part.lastIndex === trimmed.length) return null
  }
  const [first, second, third, ...more] = names
  if (first === undefined || more.length > 0) return null
  if (second === undefined) return { schema: null, table: first, column: null }
  if (third === undefined) return { schema: null, table: first, column: second }
  return { schema: first, table: second, column: third === '' ? null : third }
}

/** The cell text of a reference; `parseReference` gives an equal value back. A schema without a column is written `schema.table.""`. */
export function renderReference({ schema, table, column }: ReferenceText): string {
  if (schema !== null) return `${quoted(schema)}.${quoted(table)}.${quoted(column ?? '')}`
  return column === null ? quoted(table) : `${quoted(table)}.${quoted(column)}`
}

const quoted = (name: string): string => (/^[^."]+$/u.test(name) && name.trim() === name ? name : `"${name.replaceAll('"', '""')}"`)
