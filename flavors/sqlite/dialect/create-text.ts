import type { ReferenceAction } from '../../../app/model/model.ts'
import { closing, isName, isSign, isWord, sourceOf, splitAtCommas, tokenize, type Token } from './tokens.ts'

/** A CREATE TABLE text with the place of each of its parts, so that one part can be changed and every other stays as it is written. */
export interface CreateText {
  readonly text: string
  /** Offset just behind the parenthesis that opens the parts, and of the one that closes them. */
  readonly open: number
  readonly close: number
  readonly items: readonly Item[]
}

/** What stands between two commas: a column with its constraints, or constraints of the table. Offsets with blanks and comments around it. */
export interface Item {
  readonly start: number
  readonly end: number
  readonly column: ColumnText | null
  readonly clauses: readonly Clause[]
}

export interface ColumnText {
  readonly name: string
  /** Offset just behind the name. */
  readonly nameEnd: number
  /** Declared type as it is written; both offsets are `nameEnd` where there is none. */
  readonly type: string
  readonly typeStart: number
  readonly typeEnd: number
}

export type ClauseKind = 'primary' | 'unique' | 'check' | 'foreign' | 'notNull' | 'null' | 'default' | 'collate' | 'generated' | 'other'

/** One constraint. `start` is that of its CONSTRAINT word where it has a name, `body` that of its own first word. */
export interface Clause {
  readonly kind: ClauseKind
  readonly name: string
  readonly start: number
  readonly body: number
  readonly end: number
  /** Columns of a key or a foreign key, in its spelling. */
  readonly columns: readonly string[]
  /** Of a check or a generated column; the name of a collation. */
  readonly expression: string
  readonly reference: ReferenceText | null
  readonly autoincrement: boolean
  /** `PRIMARY KEY DESC` written at a column: then it is no alias of the rowid. */
  readonly descending: boolean
  /** What a model cannot say of it: ON CONFLICT REPLACE, order and collation of a key. */
  readonly unsaid: readonly string[]
}

export interface ReferenceText {
  readonly parent: string
  /** Empty: the parent's primary key. */
  readonly parentColumns: readonly string[]
  readonly onUpdate: ReferenceAction
  readonly onDelete: ReferenceAction
  readonly deferrable: 'no' | 'immediate' | 'deferred'
}

/** The parts of a CREATE TABLE text as SQLite stores it; null where it has none (a virtual table). Source: sqlite.org/lang_createtable.html. */
export function readCreateText(text: string): CreateText | null {
  const tokens = tokenize(text)
  const first = tokens.findIndex((token) => isSign(token, '('))
  const opening = tokens[first]
  if (opening === undefined) return null
  const last = closing(tokens, first) - 1
  const close = tokens[last]?.start ?? text.length
  const lists = splitAtCommas(tokens, first + 1, last)
  let start = opening.end
  const items = lists.map((list, at): Item => {
    const next = lists[at + 1]
    // The comma is the token before the next list; a list is never empty in a text that SQLite took.
    const end = next === undefined ? close : commaBefore(tokens, next[0], close)
    const item = itemOf(text, list, start, end)
    start = end + 1
    return item
  })
  return { text, open: opening.end, close, items }
}

function commaBefore(tokens: readonly Token[], next: Token | undefined, close: number): number {
  const at = next === undefined ? -1 : tokens.indexOf(next)
  return tokens[at - 1]?.start ?? close
}

const tableWords = ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']
const columnWords = ['CONSTRAINT', 'PRIMARY', 'NOT', 'NULL', 'UNIQUE', 'CHECK', 'DEFAULT', 'COLLATE', 'REFERENCES', 'GENERATED', 'AS']

function itemOf(text: string, list: readonly Token[], start: number, end: number): Item {
  const [first] = list
  if (first === undefined || tableWords.some((word) => isWord(first, word))) {
    return { start, end, column: null, clauses: new ClauseReader(text, list, null).all(0) }
  }
  let at = 1
  while (at < list.length && !columnWords.some((word) => isWord(list[at], word))) at = isSign(list[at], '(') ? closing(list, at) : at + 1
  const type = list.slice(1, at)
  const column = { name: first.value, nameEnd: first.end, type: sourceOf(text, type), typeStart: type[0]?.start ?? first.end, typeEnd: type.at(-1)?.end ?? first.end }
  return { start, end, column, clauses: new ClauseReader(text, list, first.value).all(at) }
}

type Draft = Omit<Clause, 'name' | 'start' | 'body' | 'end'>
const plain = { columns: [], expression: '', reference: null, autoincrement: false, descending: false, unsaid: [] } as const

/** Reads constraints one after another; `column` is the column they are written at, null for those of the table. */
class ClauseReader {
  private at = 0
  private readonly text: string
  private readonly list: readonly Token[]
  private readonly column: string | null

  constructor(text: string, list: readonly Token[], column: string | null) {
    this.text = text
    this.list = list
    this.column = column
  }

  all(from: number): readonly Clause[] {
    const clauses: Clause[] = []
    this.at = from
    while (this.at < this.list.length) {
      const start = this.list[this.at]?.start ?? 0
      let name = ''
      if (this.is('CONSTRAINT')) {
        name = this.list[this.at + 1]?.value ?? ''
        this.at += 2
      }
      const body = this.list[this.at]?.start ?? this.endBefore()
      // A name with nothing behind it is allowed, and means nothing.
      const draft = this.at >= this.list.length || this.is('CONSTRAINT') ? { kind: 'other' as const, ...plain } : this.clause()
      clauses.push({ ...draft, name, start, body, end: this.endBefore() })
    }
    return clauses
  }

  private is(word: string, ahead = 0): boolean {
    return isWord(this.list[this.at + ahead], word)
  }

  private endBefore(): number {
    return this.list[this.at - 1]?.end ?? 0
  }

  private clause(): Draft {
    if (this.is('PRIMARY')) return this.primary()
    if (this.is('UNIQUE')) return this.unique()
    if (this.is('CHECK')) return this.check()
    if (this.is('FOREIGN')) return this.foreign()
    if (this.is('REFERENCES')) return { kind: 'foreign', ...plain, columns: this.column === null ? [] : [this.column], reference: this.reference() }
    if (this.is('COLLATE')) {
      const expression = this.list[this.at + 1]?.value ?? ''
      this.at += 2
      return { kind: 'collate', ...plain, expression }
    }
    if (this.is('GENERATED') || this.is('AS')) return this.generated()
    if (this.is('DEFAULT')) return this.fallback()
    if (this.is('NOT') && this.is('NULL', 1)) {
      this.at += 2
      return { kind: 'notNull', ...plain, unsaid: this.conflict() }
    }
    this.at += 1
    if (isWord(this.list[this.at - 1], 'NULL')) return { kind: 'null', ...plain, unsaid: this.conflict() }
    return { kind: 'other', ...plain }
  }

  private primary(): Draft {
    this.at += 2
    if (this.column === null) {
      const key = this.keyColumns()
      return { kind: 'primary', ...plain, ...key, unsaid: [...key.unsaid, ...this.conflict()] }
    }
    const descending = this.is('DESC')
    if (descending || this.is('ASC')) this.at += 1
    const unsaid = [...(descending ? ['DESC in the primary key'] : []), ...this.conflict()]
    const autoincrement = this.is('AUTOINCREMENT')
    if (autoincrement) this.at += 1
    return { kind: 'primary', ...plain, columns: [this.column], descending, autoincrement, unsaid }
  }

  private unique(): Draft {
    this.at += 1
    if (this.column !== null) return { kind: 'unique', ...plain, columns: [this.column], unsaid: this.conflict() }
    const key = this.keyColumns()
    return { kind: 'unique', ...plain, columns: key.columns, unsaid: [...key.unsaid, ...this.conflict()] }
  }

  /** `(a COLLATE x DESC, b AUTOINCREMENT)` of a key of the table. */
  private keyColumns(): Pick<Draft, 'columns' | 'unsaid' | 'autoincrement'> {
    const end = closing(this.list, this.at)
    const parts = splitAtCommas(this.list, this.at + 1, end - 1)
    this.at = end
    const words = parts.flatMap((part) => part.slice(1))
    return {
      columns: parts.flatMap((part) => (isName(part[0]) ? [part[0].value] : [])),
      autoincrement: words.some((token) => isWord(token, 'AUTOINCREMENT')),
      unsaid: [...(words.some((token) => isWord(token, 'DESC')) ? ['DESC in a key'] : []), ...(words.some((token) => isWord(token, 'COLLATE')) ? ['COLLATE in a key'] : [])],
    }
  }

  private check(): Draft {
    const end = closing(this.list, this.at + 1)
    const expression = sourceOf(this.text, this.list.slice(this.at + 2, end - 1))
    this.at = end
    return { kind: 'check', ...plain, expression, unsaid: this.conflict() }
  }

  private generated(): Draft {
    while (!this.is('AS') && this.at < this.list.length) this.at += 1
    const end = closing(this.list, this.at + 1)
    const expression = sourceOf(this.text, this.list.slice(this.at + 2, end - 1))
    this.at = end
    if (this.is('STORED') || this.is('VIRTUAL')) this.at += 1
    return { kind: 'generated', ...plain, expression }
  }

  private fallback(): Draft {
    const next = this.list[this.at + 1]
    if (isSign(next, '(')) this.at = closing(this.list, this.at + 1)
    else this.at += isSign(next, '-') || isSign(next, '+') ? 3 : 2
    return { kind: 'default', ...plain }
  }

  private foreign(): Draft {
    this.at += 2
    const { columns } = this.keyColumns()
    return { kind: 'foreign', ...plain, columns, reference: this.reference() }
  }

  /** ABORT is what happens without the clause. */
  private conflict(): readonly string[] {
    if (!this.is('ON') || !this.is('CONFLICT', 1)) return []
    const action = this.list[this.at + 2]?.value.toUpperCase() ?? ''
    this.at += 3
    return action === 'ABORT' ? [] : [`ON CONFLICT ${action}`]
  }

  private reference(): ReferenceText {
    const parent = this.list[this.at + 1]?.value ?? ''
    this.at += 2
    const parentColumns = isSign(this.list[this.at], '(') ? this.keyColumns().columns : []
    const actions: { onUpdate: ReferenceAction; onDelete: ReferenceAction } = { onUpdate: 'no action', onDelete: 'no action' }
    let deferrable: ReferenceText['deferrable'] = 'no'
    for (;;) {
      if (this.is('ON') && (this.is('DELETE', 1) || this.is('UPDATE', 1) || this.is('INSERT', 1))) {
        const event = this.is('DELETE', 1) ? 'onDelete' : this.is('UPDATE', 1) ? 'onUpdate' : null
        this.at += 2
        const action = this.action()
        if (event !== null) actions[event] = action
      } else if (this.is('MATCH')) this.at += 2
      else if (this.is('NOT') && this.is('DEFERRABLE', 1)) {
        this.at += 2
        this.initially()
      } else if (this.is('DEFERRABLE')) {
        this.at += 1
        deferrable = this.initially()
      } else return { parent, parentColumns, ...actions, deferrable }
    }
  }

  private initially(): 'immediate' | 'deferred' {
    if (!this.is('INITIALLY')) return 'immediate'
    const deferred = this.is('DEFERRED', 1)
    this.at += 2
    return deferred ? 'deferred' : 'immediate'
  }

  private action(): ReferenceAction {
    const [action, length]: readonly [ReferenceAction, number] = this.is('CASCADE') ? ['cascade', 1] : this.is('RESTRICT') ? ['restrict', 1] : this.is('NO') ? ['no action', 2] : [this.is('DEFAULT', 1) ? 'set default' : 'set null', 2]
    this.at += length
    return action
  }
}
