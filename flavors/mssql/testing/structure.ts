import { pathOf, scan, type Piece } from './scan.ts'

/** What is known of the table that a text is about. */
export interface Known {
  /** Whether a name is one that the text may use: of the shape, or made by convention. Left out: any name. */
  readonly isName?: (name: string) => boolean
  /** Text columns with a collation of their own, which ALTER COLUMN has to restate. */
  readonly collated?: readonly string[]
}

/**
 * What is wrong with a text as one piece of Transact-SQL for the server, as far as its structure shows; [] when nothing is.
 * It knows the few batches that are sent as one: IDENTITY_INSERT around an INSERT, and a variable with what reads it.
 */
export function structureProblems(text: string, known: Known = {}): readonly string[] {
  const { pieces, problems } = scan(text)
  const statements = splitAtSemicolons(pieces)
  return [
    ...problems,
    ...(/(?:^|[\r\n])[ \t]*GO[ \t]*\d*[ \t]*(?:[\r\n]|$)/i.test(text) ? ['a line says GO'] : []),
    ...(/\\[\r\n]/.test(text) ? ['a backslash takes the line break behind it away'] : []),
    ...batchProblems(statements),
    ...statements.flatMap((statement) => [...statementProblems(statement), ...columnProblems(statement, known)]),
    ...textProblems(pieces, known),
    ...nameProblems(pieces, known),
  ]
}

function splitAtSemicolons(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.kind === 'sign' && piece.value === ';') parts.push([])
    else parts.at(-1)?.push(piece)
  }
  // MERGE alone must end with one.
  const last = parts.at(-1)
  return last?.length === 0 && parts.length === 2 && parts[0]?.[0]?.value === 'MERGE' ? parts.slice(0, 1) : parts
}

const words = (pieces: readonly Piece[], count: number): string => pieces.slice(0, count).map(({ value }) => value).join(' ')
const spelled = (pieces: readonly Piece[]): string => pieces.map(({ kind, value }) => `${kind}:${value}`).join(' ')

function batchProblems(statements: readonly (readonly Piece[])[]): readonly string[] {
  const [first = [], second = [], third = []] = statements
  if (statements.length === 1) return first.length === 0 ? ['no statement'] : []
  if (words(first, 2) === 'SET IDENTITY_INSERT') {
    const isPaired = statements.length === 3 && spelled(first.slice(0, -1)) === spelled(third.slice(0, -1)) && first.at(-1)?.value === 'ON' && third.at(-1)?.value === 'OFF'
    return isPaired && words(second, 2) === 'INSERT INTO' ? [] : ['IDENTITY_INSERT does not stand around one INSERT']
  }
  const variable = first[1]?.value ?? ''
  const isRead = (one: readonly Piece[]) => one.some(({ kind, value }) => kind === 'word' && value === variable)
  if (first[0]?.value === 'DECLARE' && variable.startsWith('@') && statements.slice(1).every(isRead)) return []
  return [`${statements.length} statements`]
}

const openers = new Set(['ALTER', 'BEGIN', 'COMMIT', 'CREATE', 'DBCC', 'DECLARE', 'DELETE', 'DROP', 'EXEC', 'IF', 'INSERT', 'MERGE', 'SELECT', 'SET', 'UPDATE'])
/** Words that begin a statement wherever they stand outside of parentheses. */
const verbs = new Set(['EXEC', 'EXECUTE', 'DBCC', 'DECLARE', 'CREATE', 'TRUNCATE', 'GRANT', 'USE', 'MERGE', 'PRINT', 'WAITFOR', 'SHUTDOWN', 'BACKUP'])

/** One statement must be one: no second one begins in its middle, where no semicolon is needed to part them. */
function statementProblems(pieces: readonly Piece[]): readonly string[] {
  const [first] = pieces
  if (first === undefined) return []
  if (first.kind !== 'word' || !openers.has(first.value)) return [`a statement begins with ${first.value.slice(0, 40)}`]
  const outside = pieces.filter(({ kind, depth }) => kind === 'word' && depth === 0).map(({ value }) => value)
  if (first.value === 'IF') {
    const branches = outside.filter((word) => verbs.has(word) || word === 'SET').length
    const expected = 1 + outside.filter((word) => word === 'ELSE').length
    return branches === expected ? [] : [`IF has ${branches} branches, not ${expected}`]
  }
  const hidden = outside.slice(1).filter((word) => verbs.has(word))
  const drops = outside.slice(first.value === 'DROP' ? 1 : 0).filter((word) => word === 'DROP').length
  const allowed = first.value === 'ALTER' ? 1 : 0
  return [
    ...hidden.map((word) => `a second statement begins: ${word}`),
    ...(drops > allowed ? ['a second statement begins: DROP'] : []),
    ...(first.value === 'DROP' && outside[1] === 'INDEX' && !outside.includes('ON') ? ['DROP INDEX names no table'] : []),
  ]
}

function columnProblems(pieces: readonly Piece[], { collated = [] }: Known): readonly string[] {
  const found: string[] = []
  const outside = pieces.filter(({ depth }) => depth === 0)
  const addAt = outside.findIndex(({ kind, value }) => kind === 'word' && value === 'ADD')
  if (words(outside, 2) === 'ALTER TABLE') {
    if (outside[addAt + 1]?.kind === 'word' && outside[addAt + 1]?.value === 'COLUMN' && addAt > 0) found.push('ADD takes no word COLUMN')
    const at = outside.findIndex(({ value, kind }, index) => kind === 'word' && value === 'ALTER' && index > 0)
    if (at > 0) found.push(...restated(outside.slice(at + 2), collated))
    const added = addAt > 0 ? outside[addAt + 1] : undefined
    if (added?.kind === 'name') found.push(...definition(pieces.slice(pieces.indexOf(added))))
  }
  if (words(pieces, 2) === 'CREATE TABLE') found.push(...tableItems(pieces).flatMap((item) => (item[0]?.kind === 'name' ? definition(item) : constraint(item))))
  return found
}

/** What stands behind ALTER COLUMN. */
function restated(pieces: readonly Piece[], collated: readonly string[]): readonly string[] {
  const column = pieces[0]?.value ?? ''
  const said = new Set(pieces.slice(1).map(({ value }) => value))
  const isText = ['CHAR', 'VARCHAR', 'NCHAR', 'NVARCHAR'].includes(pieces[1]?.value ?? '')
  return [
    ...(pieces.at(-1)?.value === 'NULL' ? [] : [`ALTER COLUMN ${column} does not say NULL or NOT NULL`]),
    ...(isText && collated.includes(column) && !said.has('COLLATE') ? [`ALTER COLUMN ${column} loses its collation`] : []),
  ]
}

/** A column with its type: NULL or NOT NULL is written, unless it is computed. */
function definition(pieces: readonly Piece[]): readonly string[] {
  const [name, type] = pieces
  const base = pieces[0]?.depth ?? 0
  const level = pieces.filter(({ depth, kind }) => depth === base && kind === 'word').map(({ value }) => value)
  if (type?.value === 'AS' && type.kind === 'word') return []
  return [
    ...(type === undefined || (type.kind !== 'word' && type.kind !== 'name') ? [`the column ${name?.value ?? ''} has no type`] : []),
    ...(level.includes('NULL') ? [] : [`the column ${name?.value ?? ''} does not say NULL or NOT NULL`]),
    ...(level.includes('DEFAULT') && !level.includes('CONSTRAINT') ? [`the default of ${name?.value ?? ''} has no name`] : []),
  ]
}

const constraint = (item: readonly Piece[]): readonly string[] =>
  item[0]?.value === 'CONSTRAINT' && item[1]?.kind === 'name' ? [] : [`a constraint has no name: ${words(item, 4)}`]

/** What stands between the commas of CREATE TABLE. */
function tableItems(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const items: Piece[][] = [[]]
  for (const piece of pieces.slice(pieces.findIndex(({ value, depth, kind }) => kind === 'sign' && value === '(' && depth === 0) + 1)) {
    if (piece.depth === 0) break
    if (piece.depth === 1 && piece.kind === 'sign' && piece.value === ',') items.push([])
    else items.at(-1)?.push(piece)
  }
  return items
}

/** Procedures and functions whose text arguments are names or SQL. */
function textProblems(pieces: readonly Piece[], known: Known): readonly string[] {
  return pieces.flatMap((piece, at) => {
    if (piece.kind !== 'text') return []
    const bare = piece.national || piece.value === 'SHA2_256' ? [] : [`a text has no N before it: ${piece.value.slice(0, 40)}`]
    const [before, opened] = [pieces[at - 1], pieces[at - 2]]
    const takesPath = before?.value === 'SP_RENAME' || (before?.value === '(' && (opened?.value === 'OBJECT_ID' || opened?.value === 'CHECKIDENT'))
    const path = takesPath ? pathOf(piece.value) : []
    const names = path === null ? [`no path of names: ${piece.value.slice(0, 40)}`] : path.flatMap((name) => unknownName(name, known))
    const isNew = before?.value === ',' && pieces[at - 3]?.value === 'SP_RENAME'
    const isSql = before?.value === '(' && opened?.value === 'EXEC'
    return [...bare, ...names, ...(isNew ? unknownName(piece.value, known) : []), ...(isSql ? structureProblems(piece.value, known) : [])]
  })
}

const nameProblems = (pieces: readonly Piece[], known: Known): readonly string[] => pieces.flatMap((piece) => (piece.kind === 'name' ? unknownName(piece.value, known) : []))

function unknownName(name: string, { isName }: Known): readonly string[] {
  if (name === '' || name.length > 128) return [`a name of ${name.length} units`]
  return isName === undefined || isName(name) ? [] : [`nobody is called ${name.slice(0, 60)}`]
}
