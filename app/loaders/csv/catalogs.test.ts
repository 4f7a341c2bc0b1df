import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { saveCsvModel } from '../../exporters/csv.ts'
import { countedIds } from '../../model/id.ts'
import { renderType } from '../../model/render-type.ts'
import { loadCsvModel } from './load.ts'
import { mariadbColumns, mssqlColumns, mysqlColumns } from './testing/catalogs.ts'

const load = (bytes: Uint8Array) => loadCsvModel([{ name: 'columns.csv', bytes }], { newId: countedIds('n'), name: 'columns' })
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const postgres = readFileSync(new URL('testing/postgres-15-columns.csv', import.meta.url))

/** A line per field: name, type, NOT NULL, default, identity, generated. */
const outline = (bytes: Uint8Array): readonly string[] =>
  load(bytes).model.tables.flatMap((table) =>
    table.fields.map((field) =>
      [
        field.name,
        renderType(field.type),
        field.nullable ? '' : 'NOT NULL',
        field.default === null ? '' : `DEFAULT ${field.default}`,
        field.identity ?? '',
        field.generated === null ? '' : `${field.generated.stored ? 'stored' : 'virtual'} ${field.generated.expression}`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    ),
  )

describe('loadCsvModel', () => {
  test('reads what PostgreSQL 15 gives for information_schema.columns', () => {
    expect(outline(postgres)).toEqual([
      'id int32 NOT NULL always',
      'other int64 NOT NULL default',
      'old int32 NOT NULL default',
      'a int16 NOT NULL DEFAULT 0',
      'b decimal',
      "c decimal(10,2) DEFAULT '-1.5'",
      'd float32',
      'e float64',
      'f char(3)',
      "g varchar(50) DEFAULT 'a''b'",
      'h varchar',
      `i text DEFAULT 'x, "y"'`,
      'j blob',
      'k date DEFAULT CURRENT_DATE',
      'l time(3)',
      'm timestamp(6)',
      'n timestamp(2) with time zone DEFAULT now()',
      'o interval',
      'p uuid DEFAULT gen_random_uuid()',
      "q native('postgres', 'json')",
      "r json DEFAULT '{}'",
      's xml',
      't inet',
      'u bit(8)',
      'v bit varying(5)',
      'w array(int32)',
      'x array(varchar)',
      "y native('postgres', 'clinic.mood') DEFAULT 'low'::clinic.mood",
      'z varchar(120)',
      'aa bool DEFAULT true',
      'ab tsvector',
      'ac int32 stored (a * 2)',
      'ad int4range',
      "ae native('postgres', 'money')",
      'Quoted "Name" text',
      'größe text',
    ])
    expect(load(postgres).findings.map(({ code, severity, path }) => [code, severity, path.row])).toEqual([
      ['CSV_SYSTEM_ROWS', 'info', undefined],
      ['CSV_DOMAIN', 'warning', 38],
    ])
  })

  test('reads what MySQL gives, by ordinal position, with its keys', () => {
    expect(outline(bytesOf(mysqlColumns))).toEqual([
      'id uint64 NOT NULL default',
      "status enum('new','it''s paid') NOT NULL DEFAULT 'new'",
      'total decimal(10,2) NOT NULL DEFAULT 0.00',
      'code varchar(50)',
      'is_open bool DEFAULT 1',
      'changed_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP(3)',
      'twice decimal(11,2) virtual (`total` * 2)',
      'note text',
    ])
    const [orders] = load(bytesOf(mysqlColumns)).model.tables
    expect(
      orders?.keys.map(({ kind, fields }) => [kind, fields.map((id) => orders.fields.find((field) => field.id === id)?.name)]),
    ).toEqual([
      ['primary', ['id']],
      ['unique', ['code']],
    ])
    expect(orders?.fields[7]?.comment).toBe('two\nlines')
  })

  test('reads what MariaDB gives', () => {
    expect(outline(bytesOf(mariadbColumns))).toEqual([
      'id int32 NOT NULL default',
      "status varchar(20) NOT NULL DEFAULT 'new'",
      'code varchar(50)',
      'twice int32 stored `id` * 2',
    ])
  })

  test('reads what SQL Server gives', () => {
    expect(outline(bytesOf(mssqlColumns))).toEqual([
      'id int32 NOT NULL',
      "code varchar(50) NOT NULL DEFAULT 'a''b'",
      'note text',
      'is_open bool DEFAULT 1',
      'made_at timestamp(7) NOT NULL DEFAULT sysutcdatetime()',
      'old_at timestamp(3)',
      'small uint8',
      "version native('mssql', 'timestamp') NOT NULL",
      'bytes blob',
    ])
  })

  test.each([
    ['PostgreSQL', postgres],
    ['MySQL', bytesOf(mysqlColumns)],
    ['MariaDB', bytesOf(mariadbColumns)],
    ['SQL Server', bytesOf(mssqlColumns)],
  ])('keeps every column and row of a %s catalog on save, and means the same by it afterwards', (_name, bytes) => {
    const first = load(bytes)
    const files = saveCsvModel(first.model, { kind: 'single' })
    const [file] = files
    const second = load(file?.bytes ?? new Uint8Array())
    const withoutParts = (tables: typeof first.model.tables) =>
      tables.map((table) => ({ ...table, keys: table.keys.map((key) => ({ ...key, id: '' })) }))
    expect(withoutParts(second.model.tables)).toEqual(withoutParts(first.model.tables))
    expect(second.model.layout?.headers['']?.slice(0, first.model.layout?.headers['']?.length)).toEqual(first.model.layout?.headers[''])
    expect(saveCsvModel(second.model, { kind: 'single' })).toEqual(files)
  })
})
