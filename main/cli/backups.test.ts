import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runCli, type Ended } from './testing/run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'metamigrate-backups-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let cwd = ''
let number = 0
beforeEach(() => {
  cwd = join(root, `case-${++number}`)
  mkdirSync(cwd)
})

const call = (...args: string[]): Promise<Ended> => runCli(args, { cwd, home: join(cwd, 'home') })
const target = ['--target', 'sqlite:a.db'] as const
/** A command that must succeed. */
async function done(...args: string[]): Promise<Ended> {
  const ended = await call(...args, ...target)
  expect([args.join(' '), ended.code, ended.code === 0 ? '' : ended.err]).toEqual([args.join(' '), 0, ''])
  return ended
}
const json = async (...args: string[]) => JSON.parse((await call(...args, ...target, '--json')).out)
const model = (...fields: readonly string[]) =>
  writeFileSync(join(cwd, 'm.csv'), `TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY\n${fields.map((field) => `${field}\n`).join('')}`)
const item = ['item,id,int64,NO,1', 'item,name,varchar(40),YES,']
const sql = (text: string): unknown[] => {
  const db = new Database(join(cwd, 'a.db'))
  try {
    return /^\s*(?:SELECT|WITH)/i.test(text) ? db.prepare(text).raw().all() : (db.exec(text), [])
  } finally {
    db.close()
  }
}
const three = "INSERT INTO item (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c')"
const dir = ['--dir', 'm.csv', '--yes'] as const

describe('rows that were brought back', () => {
  it('are not taken back once the backup that they came from is dropped', async () => {
    model(...item)
    await done('create', ...dir)
    sql(three)
    await done('delete', ...dir, '--accept', 'MM102')
    await done('create', ...dir)
    await done('restore', ...dir)
    await done('drop-backups', '--older-than', '0s', '--yes')
    const refused = await call('undo', '--yes', ...target)
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/\[UNDO_WOULD_LOSE\].*is gone: the 3 rows.*--accept-loss/s)])
    expect(sql('SELECT count(*) FROM item')).toEqual([[3]])
    const undone = JSON.parse((await call('undo', '--yes', '--accept-loss', '--json', ...target)).out)
    expect(undone.receipt.copies).toEqual([{ name: { schema: '', name: expect.stringMatching(/^item__mm_/) }, table: { schema: '', name: 'item' }, rows: '3', isDropped: false }])
    expect((await json('backups')).backups).toMatchObject([{ kind: 'rescue', rows: '3', table: { name: 'item' }, onlyCopy: { rows: '3', values: [] }, kept: null }])
    expect((await call('drop-backups', '--older-than', '0s', '--yes', ...target)).code).toBe(3)
    const dropped = JSON.parse((await call('drop-backups', '--older-than', '0s', '--yes', '--accept', 'MM104', '--json', ...target)).out)
    expect(dropped.accepted).toMatchObject([{ code: 'MM104', rows: '3' }])
    expect(sql("SELECT name FROM sqlite_schema WHERE name LIKE '%__mm_%'")).toEqual([])
  })

  it('are not taken back while rows of a child point at them', async () => {
    writeFileSync(
      join(cwd, 'm.csv'),
      'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY,REFERENCES\nitem,id,int64,NO,1,\npart,id,int64,NO,1,\npart,item,int64,YES,,item.id\n',
    )
    await done('create', ...dir)
    sql('INSERT INTO item (id) VALUES (1), (2)')
    await done('backup', ...dir, '--table', 'item')
    sql('DELETE FROM item')
    await done('restore', ...dir, '--table', 'item')
    sql('INSERT INTO part (id, item) VALUES (7, 1)')
    const refused = await call('undo', '--yes', '--accept-loss', ...target)
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/\[UNDO_IMPOSSIBLE\].*1 row of part point at item/s)])
    expect(sql('SELECT count(*) FROM item')).toEqual([[2]])
  })
})

describe('an undo', () => {
  it('of a backup keeps a copy that is the only one of something, and says how it may go', async () => {
    model(...item)
    await done('create', ...dir)
    sql(three)
    await done('backup', ...dir)
    sql('DELETE FROM item WHERE id = 2')
    const refused = await call('undo', '--yes', '--accept-loss', ...target)
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/\[UNDO_IMPOSSIBLE\].*only copy of 1 row of item.*--accept MM104/s)])
    sql("INSERT INTO item (id, name) VALUES (2, 'b')")
    await done('undo', '--yes')
    expect(sql("SELECT name FROM sqlite_schema WHERE name LIKE '%__mm_%'")).toEqual([])
  })

  it('is refused by name when its table or its backup was dropped by hand', async () => {
    model(...item)
    await done('create', ...dir)
    sql(three)
    model('item,id,int64,NO,1', 'item,title,varchar(40),YES,')
    await done('redeploy', ...dir, '--rename', 'item.name=item.title')
    const [[backup]] = sql("SELECT name FROM sqlite_schema WHERE name LIKE '%__mm_%'") as [[string]]
    sql(`ALTER TABLE item RENAME TO elsewhere`)
    expect((await call('undo', '--yes', ...target)).err).toMatch(/\[UNDO_IMPOSSIBLE\].*item is not there any more.*renamed by hand/s)
    sql(`ALTER TABLE elsewhere RENAME TO item; DELETE FROM "${backup}" WHERE id = 3`)
    expect((await call('undo', '--yes', ...target)).err).toMatch(/\[UNDO_WOULD_LOSE\].*3 rows then, 2 now/s)
    sql(`DROP TABLE "${backup}"`)
    expect((await call('undo', '--yes', '--accept-loss', ...target)).err).toMatch(/\[UNDO_IMPOSSIBLE\].*the backup of the rows as they were of item, is not there/s)
    expect(sql('SELECT count(*) FROM item')).toEqual([[3]])
  })

  it('does not drop a column that was added by hand since, and copies it aside when told so', async () => {
    model(...item)
    await done('create', ...dir)
    sql(three)
    model('item,id,int64,NO,1', 'item,title,varchar(40),YES,')
    await done('redeploy', ...dir, '--rename', 'item.name=item.title')
    sql("ALTER TABLE item ADD COLUMN note TEXT; UPDATE item SET note = 'mine'")
    expect((await call('undo', '--yes', ...target)).err).toMatch(/\[UNDO_WOULD_LOSE\].*got a column since.*note/s)
    const undone = JSON.parse((await call('undo', '--yes', '--accept-loss', '--json', ...target)).out)
    expect(sql(`SELECT note FROM "${undone.receipt.copies[0].name.name}"`)).toEqual([['mine'], ['mine'], ['mine']])
    expect((await json('backups')).backups).toMatchObject([{ kind: 'rescue', onlyCopy: { rows: '0', values: [{ field: 'note', count: '3' }] } }])
    expect(sql('SELECT id, name FROM item')).toEqual([[1, 'a'], [2, 'b'], [3, 'c']])
  })

  it('shows what it would run, and runs nothing', async () => {
    model(...item)
    await done('create', ...dir)
    sql(three)
    await done('backup', ...dir)
    const [[backup]] = sql("SELECT name FROM sqlite_schema WHERE name LIKE '%__mm_%'") as [[string]]
    const dry = await call('undo', '--dry-run', ...target)
    expect([dry.code, dry.out]).toEqual([0, `-- 1 of 1: item\nPRAGMA foreign_keys = OFF;\n\nBEGIN IMMEDIATE;\n\nDROP TABLE "${backup}";\n\nCOMMIT;\n\nPRAGMA foreign_keys = ON;\n`])
    expect((await json('runs')).runs[0].state).toBe('done')
    expect((await call('resume', '--dry-run', ...target)).err).toContain('[RUN_NOT_FOUND]')
  })
})

describe('backups', () => {
  it('tell rows, run, and what they are the only copy of; tables that no run knows are never dropped', async () => {
    model(...item, 'item,note,text,YES,')
    await done('create', ...dir)
    sql("INSERT INTO item (id, name, note) VALUES (1, 'a', 'x'), (2, 'b', NULL), (3, 'c', 'z')")
    model('item,id,int64,NO,1', 'item,title,varchar(40),YES,')
    await done('redeploy', ...dir, '--rename', 'item.name=item.title', '--no-rename', 'item.note', '--accept', 'MM103')
    sql("UPDATE item SET title = 'changed' WHERE id = 1; DELETE FROM item WHERE id = 2; CREATE TABLE other__mm_0123abcd (a)")
    const { backups } = await json('backups')
    expect(backups).toMatchObject([
      { kind: 'backup', command: 'redeploy', state: 'done', rows: '3', table: { name: 'item' }, onlyCopy: { rows: '2', values: [{ field: 'note', count: '2' }] }, kept: null },
      { name: { name: 'other__mm_0123abcd' }, kind: 'unknown', run: null, onlyCopy: null },
    ])
    const refused = await call('drop-backups', backups[0].run, '--yes', ...target)
    expect([refused.code, refused.err]).toEqual([3, expect.stringMatching(/\[ONLY_COPY\] Nothing was dropped: item__mm_\w+ is the only copy of 2 rows of item and 2 values of note, a field that went\. Accept MM104/)])
    await done('backup', ...dir)
    const ended = await done('drop-backups', backups[0].run, '--yes', '--accept', 'MM104')
    expect(ended.out).toMatch(/accepted MM104: item__mm_\w+ was the only copy of 2 rows and 2 values of note/)
    expect((await json('receipt', backups[0].run)).receipt.droppedBackups).toMatchObject([{ accepted: [{ code: 'MM104', rows: '2', values: [{ field: 'note', count: '2' }] }] }])
    expect((await json('backups')).backups.map(({ kind }: { kind: string }) => kind)).toEqual(['copy', 'unknown'])
    expect((await call('undo', backups[0].run, '--yes', ...target)).err).toContain('[UNDO_IMPOSSIBLE]')
  })

  it('of rows in a table that stands anew count every row that was not brought back, keys or not', async () => {
    model(...item)
    await done('create', ...dir)
    sql(three)
    await done('delete', ...dir, '--accept', 'MM102')
    await done('create', ...dir)
    sql("INSERT INTO item (id, name) VALUES (1, 'a'), (2, 'someone else')")
    expect((await json('backups')).backups).toMatchObject([{ onlyCopy: { rows: '2', values: [] } }])
  })

  it('without a key are compared row by row, equal rows by their number', async () => {
    model('log,text,text,YES,')
    await done('create', ...dir)
    sql("INSERT INTO log VALUES ('x'), ('x'), ('x'), (NULL), (NULL), ('y')")
    await done('backup', ...dir)
    sql("DELETE FROM log WHERE rowid IN (1, 4)")
    expect((await json('backups')).backups).toMatchObject([{ rows: '6', onlyCopy: { rows: '2' } }])
  })

  it('count for each other: of two the last one stays', async () => {
    model(...item)
    await done('create', ...dir)
    sql(three)
    await done('backup', ...dir)
    await done('backup', ...dir)
    sql('DELETE FROM item')
    expect((await json('backups')).backups).toMatchObject([{ onlyCopy: { rows: '0' } }, { onlyCopy: { rows: '0' } }])
    const both = await call('drop-backups', '--older-than', '0s', '--yes', ...target)
    expect([both.code, both.err]).toEqual([3, expect.stringContaining('the only copy of 3 rows')])
    const [first] = (await json('backups')).backups
    await done('drop-backups', first.run, '--yes')
    expect((await json('backups')).backups).toMatchObject([{ onlyCopy: { rows: '3' } }])
    expect((await call('undo', '--yes', ...target)).err).toContain('[UNDO_IMPOSSIBLE]')
  })
})

describe('from another machine', () => {
  it('runs, receipt, backups, undo and drop-backups do with the target alone', async () => {
    model(...item)
    await done('create', ...dir)
    sql(three)
    await done('backup', ...dir)
    const elsewhere = (home: string, ...args: string[]) => runCli([...args, '--target', 'sqlite:./../' + `case-${number}` + '/a.db'], { cwd, home: join(cwd, home) })
    const { runs } = JSON.parse((await elsewhere('h1', 'runs', '--json')).out)
    expect(runs.map(({ command }: { command: string }) => command)).toEqual(['backup', 'create'])
    expect((await elsewhere('h2', 'receipt', runs[0].id)).out).toContain('backups kept')
    expect(JSON.parse((await elsewhere('h3', 'backups', '--json')).out).backups).toHaveLength(1)
    expect((await elsewhere('h4', 'undo', runs[0].id, '--yes')).code).toBe(0)
    await done('backup', ...dir)
    expect((await elsewhere('h5', 'drop-backups', '--older-than', '0s', '--yes')).code).toBe(0)
    expect((await elsewhere('h6', 'undo', '--yes')).err).toContain('[UNDO_WOULD_LOSE]')
  })
})
