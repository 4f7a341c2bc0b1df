import type {
  CatalogRows,
  CodeRow,
  ColumnRow,
  ConstraintRow,
  EnumRow,
  ExtraRow,
  IndexRow,
  RelationRow,
  RuleRow,
  SequenceRow,
} from './rows.ts'

/** Rows of one pass by the relation they belong to. */
export interface CatalogIndex {
  readonly relation: ReadonlyMap<number, RelationRow>
  readonly columns: (relation: number) => readonly ColumnRow[]
  readonly constraints: (relation: number) => readonly ConstraintRow[]
  /** Foreign keys of other tables that point at the relation. */
  readonly inbound: (relation: number) => readonly ConstraintRow[]
  readonly indexes: (relation: number) => readonly IndexRow[]
  readonly sequences: (relation: number) => readonly SequenceRow[]
  readonly rules: (relation: number) => readonly RuleRow[]
  readonly code: (relation: number) => readonly CodeRow[]
  readonly extras: (relation: number) => readonly ExtraRow[]
  /** Rules (also view queries), triggers and policies that mention the relation, wherever they stand. */
  readonly usedByRules: (relation: number) => readonly RuleRow[]
  readonly usedByCode: (relation: number) => readonly CodeRow[]
  readonly enums: ReadonlyMap<number, EnumRow>
  readonly columnName: (relation: number, number: number) => string
  /** Roles that default privileges name in a schema. */
  readonly defaultGrantees: (schema: string) => readonly (string | null)[]
}

function grouped<T>(rows: readonly T[], keys: (row: T) => readonly number[]): (key: number) => readonly T[] {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    for (const key of new Set(keys(row))) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [row])
      else group.push(row)
    }
  }
  return (key) => groups.get(key) ?? []
}

const used = (row: { readonly uses: readonly (readonly [number, number])[] }): readonly number[] => row.uses.map(([relation]) => relation)

export function indexCatalog(rows: CatalogRows): CatalogIndex {
  const names = new Map(rows.columns.map((column) => [`${column.relation}.${column.number}`, column.name]))
  const granted = rows.names.filter((row) => row.kind === 'default grantee')
  return {
    relation: new Map(rows.relations.map((row) => [row.oid, row])),
    columns: grouped(rows.columns, (row) => [row.relation]),
    constraints: grouped(rows.constraints, (row) => [row.relation]),
    inbound: grouped(
      rows.constraints.filter((row) => row.kind === 'f' && row.parent !== row.relation && !row.isInherited),
      (row) => [row.parent],
    ),
    indexes: grouped(rows.indexes, (row) => [row.relation]),
    sequences: grouped(rows.sequences, (row) => [row.table]),
    rules: grouped(rows.rules, (row) => [row.relation]),
    code: grouped(rows.code, (row) => [row.relation]),
    extras: grouped(rows.extras, (row) => [row.relation]),
    usedByRules: grouped(rows.rules, used),
    usedByCode: grouped(rows.code, used),
    enums: new Map(rows.enums.map((row) => [row.oid, row])),
    columnName: (relation, number) => names.get(`${relation}.${number}`) ?? '',
    defaultGrantees: (schema) =>
      granted.filter((row) => row.schema === '' || row.schema === schema).map((row) => (row.name === '' ? null : row.name)),
  }
}
