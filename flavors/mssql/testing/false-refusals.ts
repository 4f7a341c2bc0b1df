import { replaceTokens, type FalseRefusal } from '../../testing/parser-judge.ts'
import { rules } from '../dialect/lexical.ts'

/** What sqlfluff 4.5.0 (dialect tsql) does not know of Transact-SQL. */
export const falseRefusals: readonly FalseRefusal[] = [
  {
    why: 'A new nullable column gets its default in the rows that stand.',
    source: 'Microsoft Learn, "ALTER TABLE column_definition": [ DEFAULT constant_expression [ WITH VALUES ] ]',
    simpler: (text) => (/^ALTER TABLE .* ADD /s.test(text) ? text.replace(/ WITH VALUES(?= CONSTRAINT|$)/, '') : text),
  },
  {
    why: 'A table moves to another schema.',
    source: 'Microsoft Learn, "ALTER SCHEMA": ALTER SCHEMA schema_name TRANSFER [ <entity_type> :: ] securable_name',
    simpler: (text) => text.replace(/^ALTER SCHEMA (\[.*\]) TRANSFER (\[.*\]\.\[.*\])$/s, 'SELECT $1 FROM $2'),
  },
  {
    why: 'A name may hold brackets; a closing one is doubled.',
    source: 'Microsoft Learn, "Database identifiers" and "QUOTENAME"',
    simpler: (text) => replaceTokens(text, rules, ({ kind, value }) => (kind === 'name' && /[[\]]/.test(value) ? '[x]' : null)),
  },
]
