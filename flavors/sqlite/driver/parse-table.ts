import type { ReferenceAction } from '../../../app/model/model.ts'
import { closing, isName, isSign, isWord, sourceOf, splitAtCommas, tokenize, type Token } from '../dialect/tokens.ts'

/** What a CREATE TABLE says and the pragmas do not. Names of constraints are '' where none was given. */
export interface ParsedTable {
  readonly columns: ReadonlyMap<string, ParsedColumn>
  readonly primaryKey: ParsedKey | null
  readonly uniques: readonly ParsedKey[]
  readonly checks: readonly { readonly name: string; readonly expression: string }[]
  readonly references: readonly ParsedReference[]
  readonly autoincrement: boolean
  /** Clauses that a model cannot say (ON CONFLICT ...), in words. */
  readonly unsaid: readonly string[]
}

export interface ParsedColumn {
  readonly collation: string
  /** Expression of a generated column; null for a plain one. */
  readonly generated: string | null
}

export interface ParsedKey {
  readonly name: string
  readonly columns: readonly string[]
  /** `PRIMARY KEY DESC` written at the column: then it is no alias of the rowid. */
  readonly descending: boolean
}

export interface ParsedReference {
  readonly name: string
  readonly columns: readonly string[]
  readonly parent: string
  /** Empty: the parent's primary key. */
  readonly parentColumns: readonly string[]
  readonly onUpdate: ReferenceAction
  readonly onDelete: ReferenceAction
  readonly deferrable: 'no' | 'immediate' | 'deferred'
}

interface Draft {
  readonly text: string
  readonly columns: Map<string, ParsedColumn>
  primaryKey: ParsedKey | null
  readonly uniques: ParsedKey[]
  readonly checks: { name: string; expression: string }[]
  readonly references: ParsedReference[]
  autoincrement: boolean
  readonly unsaid: string[]
}

/** The parts of a CREATE TABLE text as SQLite stores it. Source: sqlite.org/lang_createtable.html. */
export function parseTable(text: string): ParsedTable {
  const tokens = tokenize(text)
  const open = tokens.findIndex((token) => isSign(token, '('))
  const draft: Draft = { text, columns: new Map(), primaryKey: null, uniques: [], checks: [], references: [], autoincrement: false, unsaid: [] }
  if (open < 0) return draft
  for (const item of splitAtCommas(tokens, open + 1, closing(tokens, open) - 1)) {
    if (isTableConstraint(item)) constraints(draft, item, 0, null)
    else columnDefinition(draft, item)
  }
  return draft
}

const tableWords = ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']
const isTableConstraint = (item: readonly Token[]) => tableWords.some((word) => isWord(item[0], word))

const columnWords = ['CONSTRAINT', 'PRIMARY', 'NOT', 'NULL', 'UNIQUE', 'CHECK', 'DEFAULT', 'COLLATE', 'REFERENCES', 'GENERATED', 'AS']

function columnDefinition(draft: Draft, item: readonly Token[]): void {
  const [first] = item
  if (!first) return
  let at = 1
  while (at < item.length && !columnWords.some((word) => isWord(item[at], word))) at = isSign(item[at], '(') ? closing(item, at) : at + 1
  draft.columns.set(first.value, { collation: '', generated: null })
  constraints(draft, item, at, first.value)
}

/** Reads constraints one after another; `column` is the column they are written at, null for those of the table. */
function constraints(draft: Draft, item: readonly Token[], from: number, column: string | null): void {
  let name = ''
  let at = from
  while (at < item.length) {
    if (isWord(item[at], 'CONSTRAINT')) {
      name = item[at + 1]?.value ?? ''
      at += 2
      continue
    }
    at = constraint(draft, item, at, column, name)
    name = ''
  }
}

function constraint(draft: Draft, item: readonly Token[], at: number, column: string | null, name: string): number {
  const token = item[at]
  if (isWord(token, 'PRIMARY')) return primaryKey(draft, item, at + 2, column, name)
  if (isWord(token, 'UNIQUE')) return unique(draft, item, at + 1, column, name)
  if (isWord(token, 'CHECK')) {
    const end = closing(item, at + 1)
    draft.checks.push({ name, expression: sourceOf(draft.text, item.slice(at + 2, end - 1)) })
    return end
  }
  if (isWord(token, 'FOREIGN')) {
    const end = closing(item, at + 2)
    return reference(draft, item, end + 1, namesIn(item, at + 2, end), name)
  }
  if (isWord(token, 'REFERENCES') && column !== null) return reference(draft, item, at + 1, [column], name)
  if (isWord(token, 'COLLATE') && column !== null) {
    draft.columns.set(column, { collation: item[at + 1]?.value ?? '', generated: draft.columns.get(column)?.generated ?? null })
    return at + 2
  }
  if (isWord(token, 'AS') && column !== null) {
    const end = closing(item, at + 1)
    draft.columns.set(column, { collation: draft.columns.get(column)?.collation ?? '', generated: sourceOf(draft.text, item.slice(at + 2, end - 1)) })
    return end
  }
  if (isWord(token, 'DEFAULT')) return isSign(item[at + 1], '(') ? closing(item, at + 1) : at + (isSign(item[at + 1], '-') || isSign(item[at + 1], '+') ? 3 : 2)
  if (isWord(token, 'ON')) return conflict(draft, item, at)
  // NOT NULL, NULL, GENERATED ALWAYS, STORED, VIRTUAL: the pragmas tell these.
  return at + 1
}

function conflict(draft: Draft, item: readonly Token[], at: number): number {
  const action = item[at + 2]?.value.toUpperCase() ?? ''
  // ABORT is what happens without the clause.
  if (action !== 'ABORT') draft.unsaid.push(`ON CONFLICT ${action}`)
  return at + 3
}

function primaryKey(draft: Draft, item: readonly Token[], from: number, column: string | null, name: string): number {
  if (column === null) {
    const end = closing(item, from)
    draft.primaryKey = { name, columns: namesIn(item, from, end), descending: false }
    draft.autoincrement ||= item.slice(from, end).some((token) => isWord(token, 'AUTOINCREMENT'))
    return end
  }
  let at = from
  const descending = isWord(item[at], 'DESC')
  if (descending || isWord(item[at], 'ASC')) at++
  if (isWord(item[at], 'ON')) at = conflict(draft, item, at)
  if (isWord(item[at], 'AUTOINCREMENT')) {
    draft.autoincrement = true
    at++
  }
  draft.primaryKey = { name, columns: [column], descending }
  return at
}

function unique(draft: Draft, item: readonly Token[], from: number, column: string | null, name: string): number {
  if (column !== null) {
    draft.uniques.push({ name, columns: [column], descending: false })
    return from
  }
  const end = closing(item, from)
  draft.uniques.push({ name, columns: namesIn(item, from, end), descending: false })
  return end
}

/** First names of the comma-separated parts inside the parentheses from `open` to `end`. */
function namesIn(item: readonly Token[], open: number, end: number): readonly string[] {
  return splitAtCommas(item, open + 1, end - 1).flatMap((part) => (isName(part[0]) ? [part[0].value] : []))
}

function reference(draft: Draft, item: readonly Token[], from: number, columns: readonly string[], name: string): number {
  const parent = item[from]?.value ?? ''
  let at = from + 1
  let parentColumns: readonly string[] = []
  if (isSign(item[at], '(')) {
    const end = closing(item, at)
    parentColumns = namesIn(item, at, end)
    at = end
  }
  const actions: { onUpdate: ReferenceAction; onDelete: ReferenceAction } = { onUpdate: 'no action', onDelete: 'no action' }
  let deferrable: ParsedReference['deferrable'] = 'no'
  while (at < item.length) {
    if (isWord(item[at], 'ON') && (isWord(item[at + 1], 'DELETE') || isWord(item[at + 1], 'UPDATE'))) {
      const [action, length] = actionAt(item, at + 2)
      actions[isWord(item[at + 1], 'DELETE') ? 'onDelete' : 'onUpdate'] = action
      at += 2 + length
    } else if (isWord(item[at], 'MATCH')) at += 2
    else if (isWord(item[at], 'NOT') && isWord(item[at + 1], 'DEFERRABLE')) at = afterInitially(item, at + 2)
    else if (isWord(item[at], 'DEFERRABLE')) {
      deferrable = isWord(item[at + 1], 'INITIALLY') && isWord(item[at + 2], 'DEFERRED') ? 'deferred' : 'immediate'
      at = afterInitially(item, at + 1)
    } else break
  }
  draft.references.push({ name, columns, parent, parentColumns, ...actions, deferrable })
  return at
}

const afterInitially = (item: readonly Token[], at: number) => (isWord(item[at], 'INITIALLY') ? at + 2 : at)

function actionAt(item: readonly Token[], at: number): [ReferenceAction, number] {
  if (isWord(item[at], 'CASCADE')) return ['cascade', 1]
  if (isWord(item[at], 'RESTRICT')) return ['restrict', 1]
  if (isWord(item[at], 'NO')) return ['no action', 2]
  return [isWord(item[at + 1], 'DEFAULT') ? 'set default' : 'set null', 2]
}
