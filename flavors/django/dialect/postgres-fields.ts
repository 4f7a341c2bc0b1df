interface ModuleField {
  readonly module: string
  readonly name: string
}

const fields = 'django.contrib.postgres.fields'

/** Fields of django.contrib.postgres and the types of PostgreSQL they stand for. Source: Django documentation, "PostgreSQL specific model fields". */
const known: readonly (readonly [string, ModuleField])[] = [
  ['int4range', { module: fields, name: 'IntegerRangeField' }],
  ['int8range', { module: fields, name: 'BigIntegerRangeField' }],
  ['numrange', { module: fields, name: 'DecimalRangeField' }],
  ['daterange', { module: fields, name: 'DateRangeField' }],
  ['tstzrange', { module: fields, name: 'DateTimeRangeField' }],
  ['hstore', { module: fields, name: 'HStoreField' }],
  ['tsvector', { module: 'django.contrib.postgres.search', name: 'SearchVectorField' }],
]

const byType = new Map(known)
const byField = new Map(known.map(([type, { name }]) => [name, type]))

/** The field of a type that only PostgreSQL has; null when Django has none. */
export const postgresField = (type: string): ModuleField | null => byType.get(type.trim().toLowerCase()) ?? null

/** The type of such a field; null when it is none of them. */
export const postgresTypeOf = (field: string): string | null => byField.get(field) ?? null
