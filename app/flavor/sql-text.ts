declare const sqlBrand: unique symbol

/** SQL text that was made by a builder (flavors/sql.ts), never by joining bare strings. A brand only: at run time it is a string. */
export type Sql = string & { readonly [sqlBrand]: 'sql' }
