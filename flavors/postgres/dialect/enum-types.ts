import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import { join, sql, verbatim } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { block } from './block.ts'
import { literal } from './names.ts'
import { enumOf, enumTypeOf } from './table-sql.ts'
import { enumValues } from './types.ts'

/**
 * Enum types live beside tables. A type is found by name when the statement runs:
 * - the same values: it is used as it is;
 * - other values, used only by one table (the one set aside): it steps aside as `<name>__<8 hex digits of its values>`, and a new one is made;
 * - other values, used elsewhere: the statement fails and says so.
 * A type that stepped aside proves by its own values that it did, so the way back finds it without a note.
 */
interface EnumType {
  readonly name: Sql
  readonly values: readonly string[]
}

/** Enum types of the columns, each once. */
export function enumTypes(table: Pick<TableShape, 'schema' | 'name' | 'columns'>): readonly EnumType[] {
  if (!table.columns.some((column) => enumOf(column.type) !== null)) return []
  const found = new Map<string, EnumType>()
  for (const column of table.columns) {
    const type = enumOf(column.type)
    const name = enumTypeOf(table, column)
    if (type !== null && name !== undefined) found.set(name, { name: verbatim(name), values: type.values })
  }
  return [...found.values()]
}

/** Enum type of one column, as a list of none or one. */
export const enumTypesOfColumn = (table: { readonly schema: string; readonly name: string }, column: ColumnShape): readonly EnumType[] =>
  enumTypes({ ...table, columns: [column] })

const labels = (oid: Sql): Sql =>
  sql`(SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = ${oid})`
const digest = (values: Sql): Sql => sql`left(md5(array_to_string(${values}, chr(31))), 8)`
/** A name with room for 10 bytes behind it. */
const shortened = (name: Sql): Sql => sql`CASE WHEN octet_length(${name}) > 53 THEN left(${name}, 13) ELSE ${name} END`
/** How many things use a type or its array type, apart from each other; the columns of one table are one. */
const users = sql`(SELECT count(DISTINCT (d.classid, d.objid)) FROM pg_catalog.pg_depend d
    WHERE d.refclassid = 'pg_catalog.pg_type'::regclass AND d.deptype <> 'i'
      AND (d.refobjid = found OR d.refobjid = (SELECT typarray FROM pg_catalog.pg_type WHERE oid = found))
      AND d.classid <> 'pg_catalog.pg_type'::regclass AND d.classid <> 'pg_catalog.pg_attrdef'::regclass AND d.classid <> 'pg_catalog.pg_constraint'::regclass)`

/** The type is there, with these values. */
export function ensureEnumType({ name, values }: EnumType): Sql {
  const wanted = sql`ARRAY[${verbatim(enumValues(values))}]::text[]`
  return block(
    sql`found oid := to_regtype(${literal(name)});
  has text[] := ${labels(sql`to_regtype(${literal(name)})`)};`,
    sql`IF found IS NOT NULL AND coalesce(has, '{}') = ${wanted} THEN
    RETURN;
  END IF;
  IF found IS NOT NULL THEN
    IF ${users} > 1 THEN
      RAISE EXCEPTION USING ERRCODE = '2BP01', MESSAGE = ${literal(`the type ${name} has other values, and more than one table or function uses it`)};
    END IF;
    EXECUTE format('ALTER TYPE %s RENAME TO %I', found::regtype, (SELECT ${shortened(sql`typname`)} FROM pg_catalog.pg_type WHERE oid = found) || '__' || ${digest(sql`has`)});
  END IF;
  CREATE TYPE ${name} AS ENUM (${verbatim(enumValues(values))});`,
  )
}

const own = (name: Sql): Sql => sql`SELECT t.oid FROM pg_catalog.pg_type t, pg_catalog.pg_type o
    WHERE o.oid = to_regtype(${literal(name)}) AND t.typnamespace = o.typnamespace AND t.typtype = 'e'
      AND t.typname = ${shortened(sql`o.typname`)} || '__' || ${digest(labels(sql`t.oid`))}`

/** The way back of `ensureEnumType`, run when the new table is gone: an unused type goes, and the one that stepped aside last comes back. */
export function restoreEnumType({ name }: EnumType): Sql {
  return block(
    sql`found oid := to_regtype(${literal(name)});
  aside oid := (${own(name)}
    ORDER BY age(t.xmin) LIMIT 1);
  old_name text := (SELECT typname FROM pg_catalog.pg_type WHERE oid = to_regtype(${literal(name)}));`,
    sql`IF found IS NULL OR ${users} > 0 THEN
    RETURN;
  END IF;
  DROP TYPE ${name};
  IF aside IS NOT NULL THEN
    EXECUTE format('ALTER TYPE %s RENAME TO %I', aside::regtype, old_name);
  END IF;`,
  )
}

/** After a table is dropped: its types and those that stepped aside for them go, when nothing uses them. */
export function dropEnumType({ name }: EnumType): Sql {
  return block(
    sql`found oid;`,
    sql`FOR found IN ${own(name)}
    UNION ALL SELECT to_regtype(${literal(name)})::oid
  LOOP
    IF found IS NOT NULL AND ${users} = 0 THEN
      EXECUTE format('DROP TYPE %s', found::regtype);
    END IF;
  END LOOP;`,
  )
}

/** Types of a table, for a summary. */
export const typeNames = (types: readonly EnumType[]): Sql => join(types.map((type) => type.name))
