import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MetaMigrateError } from '../../errors.ts'
import { saveCsvModel } from '../../exporters/csv.ts'
import { countedIds } from '../../model/id.ts'
import { renderType } from '../../model/render-type.ts'
import { validateModel } from '../../model/validate.ts'
import { loadCsvModel } from './load.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const loadBytes = (bytes: Uint8Array, name = 'model.csv') => loadCsvModel([{ name, bytes }], { newId: countedIds('n'), name: 'model' })
const load = (text: string, name?: string) => loadBytes(bytesOf(text), name)
const decode = (bytes: Uint8Array | undefined): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
const saved = (text: string): string => decode(saveCsvModel(load(text).model, { kind: 'single' })[0]?.bytes)
const codes = (text: string): readonly string[] =>
  load(text).findings.map(({ code, path }) => [code, path.row, path.column].filter((part) => part !== undefined).join(' '))
const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return error instanceof MetaMigrateError ? error.code : String(error)
  }
  return 'nothing thrown'
}
const outline = (text: string, name?: string) =>
  load(text, name).model.tables.map((table) => [
    table.name,
    table.fields.map((field) => `${field.name} ${renderType(field.type)}${field.nullable ? '' : ' NOT NULL'}`),
  ])

describe('loadCsvModel', () => {
  test.each([
    ['comma', 'table_name,column_name,data_type\nt,a,int\n'],
    ['semicolon', 'TABLE_NAME;COLUMN_NAME;DATA_TYPE\r\nt;a;int\r\n'],
    ['tab, other order and case', 'Data Type\tTable\tField Name\nint\tt\ta'],
    ['Excel separator line', 'sep=;\r\ntable;column;type\r\nt;a;int\r\n'],
    ['quotes and blank lines', '"tableName","columnName","dataType"\n\n"t","a","int"\n\n'],
    ['lone carriage returns', 'table,column,type\rt,a,int\r'],
    [
      'DBeaver',
      '"Table","Column Name","#","Data Type","Identity","Collation","Not Null","Default","Comment"\n"t","a","1","int4","","","false","",""\n',
    ],
  ])('reads a header line with %s', (_name, text) => {
    expect(outline(text)).toEqual([['t', ['a int32']]])
  })

  test('names the table after the file when no column does, as in a list made by psql', () => {
    expect(
      outline('Column,Type,Collation,Nullable,Default\nid,integer,,not null,\nname,character varying(20),,,\n', 'folder/people.csv'),
    ).toEqual([['people', ['id int32 NOT NULL', 'name varchar(20)']]])
  })

  test('reads UTF-8 with a mark, UTF-16 of both orders with and without, and Windows-1252', () => {
    const text = 'table,column,type,comment\nt,größe,int,naïve €\n'
    const wide = (isLittle: boolean, mark: string) => {
      const view = new DataView(new ArrayBuffer(2 * (text.length + mark.length)))
      Array.from(`${mark}${text}`).forEach((char, at) => view.setUint16(2 * at, char.charCodeAt(0), isLittle))
      return new Uint8Array(view.buffer)
    }
    const narrow = Uint8Array.from(text, (char) => (char === '€' ? 0x80 : char.charCodeAt(0)))
    const all = [bytesOf(`\ufeff${text}`), wide(true, '\ufeff'), wide(false, '\ufeff'), wide(true, ''), wide(false, ''), narrow]
    for (const bytes of all) {
      const [field] = loadBytes(bytes).model.tables[0]?.fields ?? []
      expect([field?.name, field?.comment]).toEqual(['größe', 'naïve €'])
    }
    expect(all.map((bytes) => loadBytes(bytes).model.layout?.encoding)).toEqual([
      'utf-8-bom',
      'utf-16le',
      'utf-16be',
      'utf-16le',
      'utf-16be',
      'windows-1252',
    ])
    expect(loadBytes(narrow).findings.map(({ code }) => code)).toEqual(['CSV_ENCODING_GUESSED'])
  })

  test('keeps quoted line breaks, doubled quotes and delimiters in a cell', () => {
    expect(load('table,column,type,comment\r\nt,a,int,"one\r\ntwo, ""three"""\r\n').model.tables[0]?.fields[0]?.comment).toBe(
      'one\r\ntwo, "three"',
    )
  })

  test('understands the short forms of keys and references', () => {
    const { model, findings } = load(
      'table,column,type,pk,unique,references\np,id,int,1,,\nc,x,int,2,both,p.id\nc,y,int,1,both,\nc,z,int,,yes,s.gone.id\n',
    )
    const child = model.tables[1]
    const name = (id: string) => child?.fields.find((field) => field.id === id)?.name
    expect(findings).toEqual([])
    expect(child?.keys.map((key) => [key.kind, key.name, key.fields.map(name)])).toEqual([
      ['primary', '', ['y', 'x']],
      ['unique', 'both', ['x', 'y']],
      ['unique', '', ['z']],
    ])
    expect(child?.references.map(({ target }) => target)).toEqual([
      { kind: 'id', table: model.tables[0]?.id, fields: [model.tables[0]?.fields[0]?.id] },
      { kind: 'name', schema: 's', table: 'gone', fields: ['id'] },
    ])
    expect(child?.fields.map((field) => field.nullable)).toEqual([false, false, true])
  })

  test('says file, row, column and what was expected of a bad cell, reads the rest, and saves the cell as it was', () => {
    const text = 'table,column,type,nullable,length\nt,a,varchar,perhaps,ten\nt,b,int,no,\n'
    const { model, findings } = load(text)
    expect(findings.map(({ message }) => message)).toEqual([
      'model.csv, row 2, column length: "ten" cannot be read; expected a whole number that fits the data type. The cell is kept as it is.',
      'model.csv, row 2, column nullable: "perhaps" cannot be read; expected YES or NO. The cell is kept as it is.',
    ])
    expect(model.tables[0]?.fields.map((field) => [field.name, field.nullable])).toEqual([
      ['a', true],
      ['b', false],
    ])
    expect(saved(text).split('\n').slice(0, 2)).toEqual(['table,column,type,nullable,length,TABLE_ID,ID', 't,a,varchar,perhaps,ten,n1,n2'])
  })

  test('writes unknown columns back where they were, `__proto__` and empty and repeated headers too', () => {
    const text = 'x,table,__proto__,column,type,,x,type\n1,t,2,a,int32,3,4,5\n'
    expect(codes(text)).toEqual(['CSV_HEADER_EMPTY 1 6', 'CSV_HEADER_REPEATED 1 x', 'CSV_HEADER_REPEATED 1 type'])
    expect(saved(text)).toBe('x,table,__proto__,column,type,,x,type,TABLE_ID,ID\n1,t,2,a,int32,3,4,5,n1,n2\n')
    expect(saved(saved(text))).toBe(saved(text))
    expect(Object.getPrototypeOf(load(text).model.tables[0]?.fields[0]?.extra)).toBe(Object.prototype)
  })

  test('takes __proto__ and constructor for names like any other', () => {
    expect(outline('table,column,type\n__proto__,constructor,int\nconstructor,__proto__,int\n')).toEqual([
      ['__proto__', ['constructor int32']],
      ['constructor', ['__proto__ int32']],
    ])
  })

  test('reports ragged rows and loses none of their cells', () => {
    const text = 'table,column,type\nt,a\nt,b,int32,surplus\n'
    expect(codes(text)).toEqual(['CSV_ROW_SHORT 2', 'CSV_ROW_LONG 3', 'TYPE_UNKNOWN 2 type'])
    expect(saved(text)).toContain('t,b,int32,surplus,n1,n3')
  })

  test('keeps rows that belong to no table', () => {
    const text = 'table,column,type,IS_NULLABLE,TABLE_ID,ID\n,a,int32,,,\nt,b,int32,YES,T,B\n'
    expect(codes(text)).toEqual(['TABLE_NAME_MISSING 2 TABLE_NAME'])
    expect(saved(text)).toBe('table,column,type,IS_NULLABLE,TABLE_ID,ID\nt,b,int32,YES,T,B\n,a,int32,,,\n')
  })

  test('gives a copied row a new id and says so', () => {
    const text = 'table,column,type,ID\nt,a,int,X\nt,b,int,X\n'
    expect(codes(text)).toEqual(['CSV_ID_REPEATED 3 ID'])
    expect(load(text).model.tables[0]?.fields.map((field) => field.id)).toEqual(['X', 'n2'])
  })

  test('knows a field by its id after a rename in the file', () => {
    const before = saved('table,column,type\nt,old,int\n')
    expect(load(before.replace('t,old', 't,new')).model.tables[0]?.fields[0]).toMatchObject({ id: 'n2', name: 'new' })
  })

  test.each<[string, Uint8Array, string]>([
    ['a gzip archive', gzipSync('table,column,type\n'), 'CSV_NOT_TEXT'],
    ['a workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'CSV_NOT_TEXT'],
    ['NUL characters', bytesOf('table,column,type\nt,a\0b,int\n'), 'CSV_NOT_TEXT'],
    ['UTF-8 cut in the middle of a character', bytesOf('table,column,type\nt,größe,int\nt,€').subarray(0, -1), 'CSV_ENCODING'],
    ['UTF-8 cut in its only such character', bytesOf('table,column,type\nt,€').subarray(0, -1), 'CSV_ENCODING'],
    ['UTF-16 cut in the middle of a character', Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x62), 'CSV_ENCODING'],
    ['a quote that never closes', bytesOf('table,column,type\nt,"a,int\nt,b,int\n'), 'CSV_QUOTE_OPEN'],
    ['no header line', bytesOf('t,a,int\nt,b,text\n'), 'CSV_HEADER_MISSING'],
    ['nothing', new Uint8Array(), 'CSV_EMPTY'],
  ])('refuses %s', (_name, bytes, code) => {
    expect(codeOf(() => loadBytes(bytes))).toBe(code)
  })

  test('refuses files that are no model', () => {
    expect(
      codeOf(() =>
        loadCsvModel(
          [
            { name: 'a.csv', bytes: bytesOf('x') },
            { name: 'b.csv', bytes: bytesOf('y') },
          ],
          { newId: countedIds(), name: '' },
        ),
      ),
    ).toBe('MODEL_NOT_FOUND')
  })

  test('keeps rows of keys, references and indexes that cannot be read', () => {
    const files = [
      { name: 'fields.csv', bytes: bytesOf('TABLE_NAME,COLUMN_NAME,DATA_TYPE\nt,a,int32\n') },
      {
        name: 'KEYS.csv',
        bytes: bytesOf('TABLE_NAME,CONSTRAINT_TYPE,COLUMN_NAMES\nt,PRIMARY KEY,b\nt,EXCLUDE,a\ngone,UNIQUE,a\nt,UNIQUE,a\n'),
      },
    ]
    const { model, findings } = loadCsvModel(files, { newId: countedIds('n'), name: 'm' })
    expect(findings.map(({ code, path }) => [code, path.row, path.column])).toEqual([
      ['CELL_UNREADABLE', 2, 'COLUMN_NAMES'],
      ['CELL_UNREADABLE', 3, 'CONSTRAINT_TYPE'],
      ['TABLE_NOT_FOUND', 4, 'TABLE_NAME'],
    ])
    const keys = saveCsvModel(model, { kind: 'directory' }).find(({ name }) => name === 'keys.csv')
    expect(decode(keys?.bytes)).toBe(
      'TABLE_NAME,CONSTRAINT_TYPE,COLUMN_NAMES,CONSTRAINT_NAME,CHECK_CLAUSE,ID\nt,UNIQUE,a,,,n3\nt,PRIMARY KEY,b,,,\nt,EXCLUDE,a,,,\ngone,UNIQUE,a,,,\n',
    )
  })

  test('ends on any bytes with a model or an error of ours', () => {
    const header = 'table,column,type,nullable,length,pk,unique,references,ID\n'
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', '""', ',', '\n', '\r', ';', 't', 'int', '1', 'yes', '#', '(', 'x.y'))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.array(cell, { maxLength: 40 }).map((cells) => bytesOf(header + cells.join(','))),
        ),
        (bytes) => {
          expect(codeOf(() => saveCsvModel(loadBytes(bytes).model, { kind: 'directory' }))).toMatch(
            /^(?:nothing thrown|CSV_[A-Z_]+|TEXT_NOT_SAVABLE)$/u,
          )
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('saveCsvModel', () => {
  test('keeps formulas from running in a spreadsheet when asked, and only then', () => {
    const { model } = load('table,column,type,comment\nt,=a,int32,"+1"\n')
    expect(decode(saveCsvModel(model, { kind: 'single', spreadsheetSafe: true })[0]?.bytes)).toContain("t,'=a,int32,'+1")
    expect(decode(saveCsvModel(model, { kind: 'single' })[0]?.bytes)).toContain('t,=a,int32,+1')
  })

  test('refuses what no CSV file can carry', () => {
    const { model } = load('table,column,type\nt,a,int32\n')
    const broken = { ...model, tables: model.tables.map((table) => ({ ...table, comment: '\ud800' })) }
    expect(codeOf(() => saveCsvModel(broken, { kind: 'directory' }))).toBe('TEXT_NOT_SAVABLE')
  })
})

describe('the sample model', () => {
  const files = ['tables', 'fields', 'keys', 'references', 'indexes'].map((kind) => ({
    name: `${kind}.csv`,
    bytes: new Uint8Array(readFileSync(new URL(`../../../assets/sample/${kind}.csv`, import.meta.url))),
  }))
  test('has eight tables, no findings, and is saved to the same bytes', () => {
    const { model, findings } = loadCsvModel(files, { newId: countedIds(), name: 'clinic' })
    expect(model.tables).toHaveLength(8)
    expect([...findings, ...validateModel(model)]).toEqual([])
    expect(saveCsvModel(model, { kind: 'directory' })).toEqual(files)
  })
})
