/** One string per (schema, name), exact and never ambiguous whatever the names hold: for `Map` keys. */
export const nameKey = (schema: string, name: string): string => `${schema.length}:${schema}${name}`

/** `schema.name` for messages, the schema left out when empty. Not quoted. */
export const displayName = (table: { readonly schema: string; readonly name: string }): string =>
  table.schema === '' ? table.name : `${table.schema}.${table.name}`
