/** SQLite's keywords (sqlite.org/lang_keywords.html, and `completion('')` of 3.40), and the words that an expression reads as something else: true, false, the rowid. */
const words =
  'abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case cast ' +
  'check collate column commit conflict constraint create cross current current_date current_time current_timestamp database ' +
  'default deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive exists explain ' +
  'fail filter first following for foreign from full generated glob group groups having if ignore immediate in index indexed ' +
  'initially inner insert instead intersect into is isnull join key last left like limit match materialized natural no not ' +
  'nothing notnull null nulls of offset on or order others outer over partition plan pragma preceding primary query raise range ' +
  'recursive references regexp reindex release rename replace restrict returning right rollback row rows savepoint select set ' +
  'table temp temporary then ties to transaction trigger unbounded union unique update using vacuum values view virtual when ' +
  'where window with within without true false rowid oid _rowid_'
const keywords: ReadonlySet<string> = new Set(words.split(' '))

/** Whether a name means the same without quotes. SQLite keeps the case of a bare name. */
export const isPlainName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !keywords.has(name.toLowerCase())
