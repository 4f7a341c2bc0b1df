import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { buildProgram } from './program.ts'
import { runCli, type Ended } from './testing/run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'metamigrate-cli-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let cwd = ''
let number = 0
beforeEach(() => {
  cwd = join(root, `case-${++number}`)
  mkdirSync(cwd)
})

const call = (...args: string[]): Promise<Ended> => runCli(args, { cwd, home: join(cwd, 'home') })
const file = (name: string, text: string) => writeFileSync(join(cwd, name), text)
const people = (columns: string) => file('people.csv', `TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY\nperson,id,int64,NO,1\n${columns}`)
const database = () => new Database(join(cwd, 'people.db'))
const redeploy = (...args: string[]) => call('redeploy', '--dir', 'people.csv', '--target', 'sqlite:people.db', ...args)

describe('a project on the command line', () => {
  it('goes from the sample to a verified redeploy and back', async () => {
    expect((await call('init', '.', '--from', 'sample')).code).toBe(0)
    expect((await call('validate')).code).toBe(0)
    const first = await call('redeploy', '--target', 'dev', '--yes')
    expect([first.code, first.out.split('\n').filter((line) => line.includes(' create ')).length]).toEqual([0, 8])
    new Database(join(cwd, 'dev.db')).exec("INSERT INTO department (name, floor) VALUES ('Surgery', 1)")
    const fields = join(cwd, 'model', 'fields.csv')
    writeFileSync(fields, readFileSync(fields, 'utf8').replace(',floor,3,int16,', ',storey,3,varchar,'))
    const dry = await call('redeploy', '--target', 'dev', '--dry-run')
    expect(dry.out).toContain('ALTER TABLE "department" RENAME COLUMN "floor" TO "storey";')
    const second = await call('redeploy', '--target', 'dev', '--yes', '--json')
    const { format, kind, receipt } = JSON.parse(second.out)
    expect([format, kind, receipt.run.state, receipt.tables[0].verified, receipt.tables[0].after.rows]).toEqual([1, 'receipt', 'done', true, '1'])
    expect((await call('redeploy', '--target', 'dev', '--yes')).err).toContain('Nothing to do')
    const listed = JSON.parse((await call('runs', '--json')).out)
    expect(listed.runs.map((run: { state: string }) => run.state)).toEqual(['done', 'done'])
    expect((await call('undo')).err).toContain('--yes')
    expect((await call('undo', '--yes')).out).toContain('taken back')
    expect(new Database(join(cwd, 'dev.db')).prepare('SELECT name, floor FROM department').all()).toEqual([{ name: 'Surgery', floor: 1 }])
    expect((await call('receipt', receipt.run.id)).out).toContain('undone')
  })

  it('reads a database back as the model it came from', async () => {
    people('person,name,varchar(40),NO,\n')
    await redeploy('--yes')
    const loaded = await call('load', 'sqlite:people.db', '--into', 'again')
    expect(loaded.code).toBe(0)
    expect((await call('show', '--dir', 'again')).out).toBe('person\n  id    int64        not null  key 1\n  name  varchar(40)  not null\n')
    expect((await call('load', 'sqlite:people.db', '--into', 'again')).err).toContain('[ALREADY_EXISTS]')
    expect(JSON.parse((await call('introspect', 'sqlite:people.db')).out).model.tables).toHaveLength(1)
    expect((await call('export', 'ddl', '--dir', 'people.csv', '--flavor', 'postgres')).out).toContain('CREATE TABLE "public"."person"')
  })
})

describe('what the command line refuses', () => {
  it('asks about a rename, and takes the answer either way', async () => {
    people('person,name,varchar(40),YES,\n')
    await redeploy('--yes')
    database().exec("INSERT INTO person (id, name) VALUES (1, 'Ada')")
    people('person,full_name,varchar(40),YES,\n')
    const asked = await redeploy('--yes')
    expect([asked.code, asked.out]).toEqual([3, ''])
    expect(asked.err).toContain('--rename person.name=person.full_name')
    expect((await redeploy('--yes', '--no-rename', 'person.name')).err).toContain('[PLAN_BLOCKED]')
    expect((await redeploy('--yes', '--rename', 'person.name=person.full_name')).code).toBe(0)
    expect(database().prepare('SELECT full_name FROM person').all()).toEqual([{ full_name: 'Ada' }])
  })

  it('runs no loss on --yes alone, and says which words accept it', async () => {
    people('person,name,varchar(40),YES,\nperson,age,int32,YES,\n')
    await redeploy('--yes')
    database().exec("INSERT INTO person (id, name, age) VALUES (1, 'Ada', 36)")
    people('person,name,varchar(2),YES,\nperson,age,int32,YES,\n')
    const blocked = await redeploy('--yes')
    expect([blocked.code, blocked.out]).toEqual([3, ''])
    expect(blocked.err).toMatch(/\[PLAN_BLOCKED\].*--accept MM1\d\d/s)
    expect(database().prepare('SELECT name FROM person').all()).toEqual([{ name: 'Ada' }])
    expect((await redeploy('--yes', '--allow-lossy')).code).toBe(0)
  })

  it('changes nothing without being told to', async () => {
    people('person,name,text,YES,\n')
    const ended = await redeploy()
    expect(ended.code).toBe(2)
    expect(ended.err).toContain('--yes')
    expect(database().prepare("SELECT name FROM sqlite_schema WHERE name = 'person'").all()).toEqual([])
  })

  it.each([
    [['redeploi'], 2, /Did you mean redeploy/],
    [['preview', 'ddl'], 2, /preview takes create/],
    [['preview', 'create', '--flavor', 'oracle'], 2, /no flavor 'oracle'/],
    [['redeploy', '--target', 'nowhere', '--yes'], 1, /no connection named nowhere/],
    [['redeploy', '--target', 'oracle://x', '--yes'], 1, /SCHEME_UNKNOWN/],
    [['redeploy', '--target', 'sqlite:no/such/folder/x.db', '--yes'], 1, /no\/such\/folder.*does not exist/],
    [['show', '--dir', 'gone'], 1, /NOT_FOUND/],
    [['receipt', 'no-such-run'], 1, /RUN_NOT_FOUND/],
    [['completion', 'tcsh'], 2, /bash, zsh or fish/],
    [['redeploy', '--rename', 'a', '--target', 'sqlite:x.db', '--yes'], 2, /--rename takes FROM=TO/],
  ] as const)('%j ends with %i and one line that tells the way out', async (args, code, words) => {
    people('person,name,text,YES,\n')
    const ended = await call(...args, ...(args[0] === 'redeploy' || args[0] === 'preview' ? ['--dir', 'people.csv'] : []))
    expect([ended.code, ended.out]).toEqual([code, ''])
    expect(ended.err).toMatch(words)
  })

  it('makes nothing of a model with a cell that cannot be read', async () => {
    people('person,name,text,PERHAPS,\n')
    const ended = await redeploy('--yes')
    expect(ended.code).toBe(3)
    expect(ended.err).toMatch(/people\.csv, row 3, column IS_NULLABLE/)
    expect((await call('validate', '--dir', 'people.csv', '--json')).code).toBe(3)
  })

  it('cancels cleanly on Ctrl-C and says what can be done next', async () => {
    people('person,name,text,YES,\nperson,n,int32,YES,\n')
    await redeploy('--yes')
    database().exec("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600000) INSERT INTO person (id, name, n) SELECT i, 'name ' || i, i FROM n")
    people('person,name,text,YES,\nperson,n,int64,YES,\n')
    const args = ['redeploy', '--dir', 'people.csv', '--target', 'sqlite:people.db', '--yes', '--verbose']
    const ended = await runCli(args, { cwd, home: join(cwd, 'home'), interruptAt: 'BEGIN IMMEDIATE' })
    expect(ended.code).toBe(130)
    expect(ended.err).toMatch(/Next: metamigrate resume/)
    expect(database().prepare('SELECT count(*) AS n FROM person').get()).toEqual({ n: 600_000 })
    expect((await call('resume', '--target', 'sqlite:people.db', '--yes')).out).toContain('verified')
  })
})

describe('settings of a flavor', () => {
  beforeEach(() => {
    file('metamigrate.yaml', 'name: "p"\nmodel: people.csv\nflavor: sqlite\nflavors:\n  postgres: { quoting: needed, version: 18 }\n')
    people('person,order,varchar(40),YES,\n')
  })
  const text = 'CREATE TABLE public.person (\n  id bigint NOT NULL,\n  "order" character varying(40),\n  CONSTRAINT person_pkey PRIMARY KEY (id)\n);\n'

  it('come from the project, and from the command line over it', async () => {
    expect(await call('export', 'ddl', '--flavor', 'postgres')).toEqual({ code: 0, out: text, err: '' })
    expect((await call('export', 'ddl', '--flavor', 'postgres', '--set', 'quoting=always')).out).toBe(text.replaceAll(/\b(public|person|id|person_pkey)\b(?=\.| |\))/g, '"$1"'))
    expect((await call('preview', 'create', '--flavor', 'postgres')).out).toContain(text)
    expect((await call('preview', 'create', '--set', 'quoting=needed')).out).toContain('CREATE TABLE person (')
    expect((await call('config', 'show')).out).toContain('postgres.quoting  needed')
  })

  it.each([
    [['--flavor', 'postgres', '--set', 'quoting'], /--set takes NAME=VALUE/],
    [['--flavor', 'postgres', '--set', 'quoting=never'], /--set: postgres.quoting is one of always, needed, not "never"/],
    [['--set', 'colour=red'], /--set: sqlite has no setting colour: it has version, quoting/],
    [['--target', 'sqlite:people.db', '--set', 'quoting=needed'], /--set is for an assumed target/],
  ])('are refused by name: %j', async (args, words) => {
    const ended = await call('preview', 'create', ...args)
    expect([ended.code, ended.out]).toEqual([2, ''])
    expect(ended.err).toMatch(words)
  })

  it('that the project has wrong are told by line', async () => {
    file('metamigrate.yaml', 'flavors:\n  postgres: { version: 9 }\n')
    const ended = await call('preview', 'create', '--flavor', 'postgres')
    expect([ended.code, ended.err]).toEqual([1, 'error [PROJECT_INVALID] metamigrate.yaml, line 2, flavors.postgres.version: postgres.version is one of 15, 13, 14, 16, 17, 18, not "9".\n'])
  })
})

describe('a flavor that writes code', () => {
  beforeEach(() => people('person,name,varchar(40),YES,\n'))
  const text = 'from django.db import models\n\n\nclass Person(models.Model):\n    id = models.BigIntegerField(primary_key=True)\n    name = models.CharField(max_length=40, null=True, blank=True)\n\n    class Meta:\n        db_table = "person"\n'

  it('is previewed and exported, to stdout, a file or a folder', async () => {
    expect((await call('preview', 'create', '--dir', 'people.csv', '--flavor', 'django')).out).toBe(text)
    expect((await call('export', 'django', '--dir', 'people.csv')).out).toBe(text)
    expect((await call('export', 'django', '--dir', 'people.csv', '--out', 'models.py')).code).toBe(0)
    expect(readFileSync(join(cwd, 'models.py'), 'utf8')).toBe(text)
    expect((await call('export', 'django', '--dir', 'people.csv', '--set', 'layout=package', '--set', 'app=clinic', '--out', 'code')).code).toBe(0)
    expect(readFileSync(join(cwd, 'code', 'clinic', 'models', 'person.py'), 'utf8')).toContain('class Person(models.Model):')
    const { files } = JSON.parse((await call('preview', 'create', '--dir', 'people.csv', '--flavor', 'django', '--json')).out)
    expect(files).toEqual([{ path: 'models.py', text }])
  })

  it.each([
    [['export', 'django', '--set', 'layout=package'], /this is \d+ files .*: name a directory with --out DIR/],
    [['export', 'ddl', '--flavor', 'django'], /Django writes code, not DDL: export django/],
    [['export', 'django', '--flavor', 'mysql'], /export django writes django, not mysql/],
    [['export', 'rails'], /export takes ddl, csv, json, django, not 'rails'/],
    [['export', 'django', '--set', 'app=../x'], /--set: django\.app is/],
  ])('tells what else to say: %j', async (args, words) => {
    const ended = await call(...args, '--dir', 'people.csv')
    expect([ended.code, ended.out]).toEqual([2, ''])
    expect(ended.err).toMatch(words)
  })
})

describe('options of tables', () => {
  const tables = (strict: string) => {
    mkdirSync(join(cwd, 'model'), { recursive: true })
    file('model/fields.csv', 'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE\nperson,id,int64,NO\nperson,name,varchar(40),YES\n')
    file('model/keys.csv', 'TABLE_NAME,CONSTRAINT_NAME,CONSTRAINT_TYPE,COLUMN_NAMES\nperson,,PRIMARY KEY,id\n')
    file('model/tables.csv', `TABLE_NAME,sqlite.strict,SQLITE.WITHOUT_ROWID,IMPALA.STORED_AS,team\nperson,${strict},yes,KUDU,me\n`)
  }

  it('come from tables.csv, shape the text, and go back as they were', async () => {
    tables('yes')
    const text = 'CREATE TABLE "person" (\n  "id" INT NOT NULL,\n  "name" TEXT,\n  PRIMARY KEY ("id")\n) STRICT, WITHOUT ROWID;\n'
    expect((await call('export', 'ddl', '--dir', 'model', '--flavor', 'sqlite')).out).toBe(text)
    expect((await call('export', 'csv', '--dir', 'model', '--out', 'copy')).code).toBe(0)
    expect((await call('export', 'ddl', '--dir', 'copy', '--flavor', 'sqlite')).out).toBe(text)
    expect((await call('export', 'csv', '--dir', 'copy', '--out', 'one.csv')).code).toBe(0)
    expect((await call('export', 'ddl', '--dir', 'one.csv', '--flavor', 'sqlite')).out).toBe(text)
    expect(readFileSync(join(cwd, 'copy', 'tables.csv'), 'utf8')).toMatch(/^TABLE_NAME,sqlite\.strict,.*\n.*yes.*KUDU/)
  })

  it('are checked by their flavor', async () => {
    tables('often')
    const ended = await call('validate', '--dir', 'model', '--flavor', 'sqlite')
    expect([ended.code, ended.out.includes('[OPTION_VALUE] person: SQLITE.STRICT is one of yes, no, not "often".')]).toEqual([3, true])
  })
})

describe('validate --flavor', () => {
  it('tells what a type loses, and names that two tables share', async () => {
    file('people.csv', 'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY\nperson,id,uint64,NO,1\nPerson,id,int64,NO,1\n')
    const lite = await call('validate', '--dir', 'people.csv', '--flavor', 'sqlite')
    expect(lite.code).toBe(3)
    expect(lite.out).toContain('[UINT64_AS_TEXT] person.id')
    expect(lite.out).toContain('[NAME_CLASH] Person: The table Person has the name of the table person: to SQLite they are one name.')
    const other = await call('validate', '--dir', 'people.csv', '--flavor', 'postgres')
    expect(other.out).not.toContain('NAME_CLASH')
  })
})

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('knows every command and option for %s', async (shell) => {
    const { code, out } = await call('completion', shell)
    expect(code).toBe(0)
    for (const command of buildProgram({ code: 0 }).commands) expect(out).toContain(command.name())
    expect(out).toContain('allow-lossy')
  })
})

describe('docs/cli.md', () => {
  it('tells of every command and option', () => {
    const docs = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'cli.md'), 'utf8')
    const words = buildProgram({ code: 0 }).commands.flatMap((command) => [command.name(), ...command.options.flatMap(({ long }) => long ?? [])])
    expect([...new Set(words)].filter((word) => !docs.includes(word))).toEqual([])
  })
})

describe('what is told of a model', () => {
  it('has one line for each cause, with the number and two examples, unless all is asked for', async () => {
    const fields = ['a', 'b', 'c', 'd'].map((name) => `person,${name},decimal(9 2),YES,\nperson,${name}2,nothing ${name},YES,\n`)
    people(fields.join(''))
    const grouped = await call('validate', '--dir', 'people.csv', '--flavor', 'postgres')
    const all = await call('validate', '--dir', 'people.csv', '--flavor', 'postgres', '--all')
    expect(grouped.code).toBe(3)
    expect(grouped.out.trimEnd().split('\n').length).toBeLessThan(all.out.trimEnd().split('\n').length)
    expect(grouped.out).toContain('--all lists them')
    expect(all.out.match(/^error/gm)?.length).toBe(JSON.parse((await call('validate', '--dir', 'people.csv', '--flavor', 'postgres', '--json')).out).findings.filter((one: { severity: string }) => one.severity === 'error').length)
  })

  it('says a place once', async () => {
    people('person,name,varchar(x),NO,\n')
    const { out } = await call('validate', '--dir', 'people.csv')
    expect(out).toContain('[TYPE_UNKNOWN] people.csv, row 3, column DATA_TYPE:')
    expect(out).not.toContain('people.csv row 3')
  })

  it('shows keys, references, checks and indexes of a table', async () => {
    new Database(join(cwd, 'people.db')).exec(
      'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p INT REFERENCES p (id), n TEXT, UNIQUE (n), CHECK (n > 0)); CREATE INDEX by_p ON c (p DESC) WHERE p > 0',
    )
    await call('load', 'sqlite:people.db', '--into', 'm')
    const { out } = await call('show', '--dir', 'm')
    expect(out.slice(out.indexOf('  p '))).toContain('  unique (n)\n  check n > 0\n  references (p) -> p (id)\n  index by_p (p desc) where p > 0\n')
  })

  it.each([['x.sql', 'SQL script'], ['models.py', 'Python code']])('is nothing of %s, which is called what it is', async (name, what) => {
    file(name, 'x')
    const ended = await call('load', name, '--into', 'm')
    expect([ended.code, ended.err]).toEqual([1, expect.stringContaining(what)])
    expect(existsSync(join(cwd, 'm'))).toBe(false)
  })
})

describe('files that are there', () => {
  const model = 'TABLE_NAME,COLUMN_NAME,DATA_TYPE,IS_NULLABLE,PRIMARY_KEY\nt,id,int64,NO,1\n'

  it('are kept by every command that writes one, unless it is forced or writes the same again', async () => {
    file('m.csv', model)
    file('kept.txt', 'mine')
    mkdirSync(join(cwd, 'code', 'clinic', 'models'), { recursive: true })
    file('code/clinic/models/t.py', 'mine')
    file('there.db', '')
    const commands = [
      ['export', 'ddl', '--dir', 'm.csv', '--flavor', 'sqlite', '--out', 'm.csv'],
      ['export', 'json', '--dir', 'm.csv', '--out', 'kept.txt'],
      ['export', 'django', '--dir', 'm.csv', '--out', 'kept.txt'],
      ['export', 'django', '--dir', 'm.csv', '--set', 'layout=package', '--set', 'app=clinic', '--out', 'code'],
      ['preview', 'create', '--dir', 'm.csv', '--flavor', 'sqlite', '--out', 'kept.txt'],
      ['preview', 'create', '--dir', 'm.csv', '--target', 'sqlite:there.db', '--plan', 'kept.txt'],
    ]
    for (const args of commands) {
      const ended = await call(...args)
      expect([args.join(' '), ended.code, ended.err]).toEqual([args.join(' '), 1, expect.stringContaining('[ALREADY_EXISTS]')])
      expect(ended.err).toContain('--force')
    }
    const contents = ['m.csv', 'kept.txt', 'code/clinic/models/t.py'].map((name) => readFileSync(join(cwd, name), 'utf8'))
    expect([...contents, readdirSync(join(cwd, 'code', 'clinic'))]).toEqual([model, 'mine', 'mine', ['models']])
    const ddl = ['export', 'ddl', '--dir', 'm.csv', '--flavor', 'sqlite', '--out', 'kept.txt']
    expect((await call(...ddl, '--force')).code).toBe(0)
    expect((await call(...ddl)).code).toBe(0)
  })

  it('are not replaced by the text of a model with errors, which ends in exit 3 and is told', async () => {
    file('m.csv', `${model},b,text,,\n`)
    for (const args of [['export', 'ddl', '--flavor', 'sqlite'], ['export', 'json'], ['export', 'django'], ['preview', 'create', '--flavor', 'sqlite']]) {
      const shown = await call(...args, '--dir', 'm.csv')
      expect([args.join(' '), shown.code, shown.err]).toEqual([args.join(' '), 3, expect.stringContaining('row 3')])
      await call(...args, '--dir', 'm.csv', '--out', 'new.txt')
      expect(existsSync(join(cwd, 'new.txt'))).toBe(false)
    }
    expect(JSON.parse((await call('preview', 'create', '--dir', 'm.csv', '--flavor', 'sqlite', '--json')).out).findings).toContainEqual(
      expect.objectContaining({ code: 'TABLE_NAME_MISSING', severity: 'error' }),
    )
  })

  it('ends as a process with the code and the streams that it has inside one', async () => {
    const args = ['export', 'rails', '--dir', 'none.csv']
    const apart = await runCli(args, { cwd, home: join(cwd, 'home'), apart: true })
    expect(apart).toEqual(await call(...args))
    expect((await runCli(['undo', '--nonsense'], { cwd, home: join(cwd, 'home'), apart: true }))).toEqual(await call('undo', '--nonsense'))
  })
})
