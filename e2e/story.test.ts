import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedPostgres, type SharedPostgres } from '../scripts/postgres-server.ts'
import { openPostgres, openSqlite, type Outside } from './database.ts'
import { closeBrowser, openPage, outputFolder, startHost, type Host } from './program.ts'
import { Screen } from './screen.ts'

/** What differs between the engines: how rows are made, how a trigger is written, how the target is reached. */
interface Engine {
  readonly name: string
  readonly target: string
  readonly doctors: string
  readonly trigger: string
  readonly patients: string
  connect(screen: Screen): Promise<void>
  again(screen: Screen): Promise<void>
  open(): Promise<Outside>
}

const doctorRows = 1000
const patientRows = 200_000
const view = 'CREATE VIEW staff AS SELECT last_name AS called, hourly_rate FROM doctor WHERE is_active'

async function story(engine: Engine, host: { current: Host }, home: string): Promise<void> {
  const first = await openPage(host.current.url)
  const screen = new Screen(first.page)
  await screen.page.getByRole('grid', { name: 'Fields' }).waitFor()
  await engine.connect(screen)

  // The sample is deployed, then used by another program.
  await screen.run(await screen.openRedeploy())
  await screen.runIs('Done')
  const outside = await engine.open()
  await outside.exec("INSERT INTO department (name, floor) VALUES ('Surgery', 1), ('Children', 2)")
  await outside.exec(engine.doctors)
  await outside.exec(view)
  await outside.exec('CREATE TABLE entry_log (entry text)')
  await outside.exec(engine.trigger)

  // A rename, a type change, a new field that takes no NULL, and a dropped field; the SQL follows at every step.
  await screen.openTable('doctor')
  await (await screen.cell('last_name', 'Name')).click()
  await screen.page.keyboard.type('family_name')
  // The SQL follows the typing, before anything is committed.
  await expect.poll(() => screen.previewText()).toMatch(/"?family_name"? /)
  await screen.page.keyboard.press('Enter')
  await screen.type('hourly_rate', 'Type', 'decimal(12,3)')
  await expect.poll(() => screen.previewText()).toContain('(12,3)')
  await (await screen.cell('hired_on', 'Name')).click()
  await screen.page.keyboard.press('Control+-')
  await expect.poll(() => screen.previewText()).not.toContain('hired_on')
  await screen.page.keyboard.press('Control+End')
  await screen.page.keyboard.press('Home')
  const grid = screen.page.getByRole('grid', { name: 'Fields' })
  const last = grid.getByRole('row').last()
  const nameColumn = await grid.getByRole('columnheader', { name: 'Name', exact: true }).getAttribute('aria-colindex')
  await last.locator(`[aria-colindex="${nameColumn}"]`).click()
  await screen.page.keyboard.type('grade')
  await screen.page.keyboard.press('Enter')
  await screen.type('grade', 'Type', 'int32')
  await screen.type('grade', 'Default', '3')
  await screen.type('grade', 'Null', 'n')
  await expect.poll(() => screen.previewText()).toMatch(/grade"? (?:INT|integer) NOT NULL DEFAULT 3|grade"? integer DEFAULT 3 NOT NULL/)

  // The plan names what is lost and is not run before that is accepted.
  const dialog = await screen.openRedeploy()
  await dialog.getByText(/hired_on/).first().waitFor()
  expect(await dialog.getByRole('button', { name: /^Run/ }).isDisabled()).toBe(true)
  await dialog.getByRole('checkbox', { name: /^I accept MM/ }).first().check()
  await dialog.getByRole('button', { name: /^Run \d+ statements?$/, disabled: false }).waitFor()
  await screen.run(dialog)
  await screen.runIs('Done')
  await expect.poll(() => screen.receipt()).toMatch(/doctor\s+rebuild\s+1,?000\s+1,?000/)

  // Every row is where it belongs, and so are the view and the trigger.
  const [kept] = await outside.rows("SELECT count(*) AS n, count(DISTINCT family_name) AS names, min(grade) AS low, max(grade) AS high FROM doctor WHERE email = 'd' || id || '@clinic.example'")
  expect(Object.values(kept ?? {}).map(Number)).toEqual([doctorRows, doctorRows, 3, 3])
  expect(await outside.rows('SELECT count(*) AS n FROM staff')).toEqual([{ n: expect.toSatisfy((n) => Number(n) === doctorRows) }])
  await outside.exec("INSERT INTO doctor (department_id, first_name, family_name, email) VALUES (1, 'New', 'One', 'new@clinic.example')")
  expect(await outside.rows('SELECT entry FROM entry_log')).toEqual([{ entry: 'One' }])
  const [next] = await outside.rows("SELECT id FROM doctor WHERE email = 'new@clinic.example'")
  expect(Number(next?.['id'])).toBe(doctorRows + 1)
  await screen.page.screenshot({ path: join(outputFolder, `story-${engine.name}.png`) })

  // A run over many rows is killed with its program, and finished from the screen of the next one.
  await outside.exec(engine.patients)
  await screen.openTable('patient')
  await screen.type('notes', 'Name', 'remarks')
  await screen.type('number', 'Type', 'varchar(12)')
  const second = await screen.openRedeploy()
  await screen.run(second)
  await screen.page.getByRole('progressbar', { name: 'Statements done' }).waitFor()
  await host.current.kill()
  expect(first.errors.filter((line) => !/Failed to (?:load|fetch)|ERR_CONNECTION|ERR_EMPTY|ERR_INCOMPLETE|NetworkError/.test(line))).toEqual([])
  await first.page.context().close()

  host.current = await startHost({ home })
  const reopened = await openPage(host.current.url)
  const later = new Screen(reopened.page)
  const notice = later.page.getByRole('alert').filter({ hasText: 'A run was interrupted' })
  await notice.waitFor()
  await engine.again(later)
  await notice.getByRole('button', { name: 'Show' }).click()
  await later.page.getByRole('region', { name: 'Runs' }).or(later.page.getByLabel('Runs', { exact: true })).getByText('Interrupted').first().click()
  await later.page.getByRole('region', { name: 'Run', exact: true }).getByRole('button', { name: 'Resume' }).click()
  await later.runIs('Done')
  const [after] = await outside.rows("SELECT count(*) AS n, count(DISTINCT number) AS numbers, count(CASE WHEN remarks = 'note ' || id THEN 1 END) AS notes FROM patient")
  expect(Object.values(after ?? {}).map(Number)).toEqual([patientRows, patientRows, patientRows])
  expect(reopened.errors).toEqual([])
  await outside.close()
  await reopened.page.context().close()
}

describe('from the sample to a redeploy that keeps every row', () => {
  let server: SharedPostgres

  beforeAll(async () => {
    server = await sharedPostgres()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.stop()
  })

  const tell = async (engine: (home: string) => Engine | Promise<Engine>) => {
    const home = await mkdtemp(join(tmpdir(), 'metamigrate-e2e-'))
    const host = { current: await startHost({ home }) }
    try {
      await story(await engine(home), host, home)
    } finally {
      await host.current.stop()
      await rm(home, { recursive: true, force: true })
    }
  }

  it('on the embedded SQLite database', () =>
    tell((home) => ({
      name: 'sqlite',
      target: 'Sample database',
      doctors: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${doctorRows}) INSERT INTO doctor (department_id, first_name, last_name, email, hourly_rate, hired_on) SELECT 1 + i % 2, 'F' || i, 'L' || i, 'd' || i || '@clinic.example', '10.50', '2020-01-01' FROM n`,
      trigger: 'CREATE TRIGGER doctor_log AFTER INSERT ON doctor BEGIN INSERT INTO entry_log VALUES (new.last_name); END',
      patients: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${patientRows}) INSERT INTO patient (number, first_name, last_name, born_on, notes) SELECT printf('%08d', i), 'F', 'L', '1990-01-01', 'note ' || i FROM n`,
      connect: () => Promise.resolve(),
      again: () => Promise.resolve(),
      open: () => Promise.resolve(openSqlite(join(home, 'sample.db'))),
    })), 180_000)

  it('on a PostgreSQL server', () =>
    tell(async () => {
      const url = await server.createDatabase()
      return {
        name: 'postgres',
        target: 'clinic',
        doctors: `INSERT INTO doctor (department_id, first_name, last_name, email, hourly_rate, hired_on) SELECT 1 + i % 2, 'F' || i, 'L' || i, 'd' || i || '@clinic.example', 10.50, '2020-01-01' FROM generate_series(1, ${doctorRows}) AS i`,
        trigger: `CREATE FUNCTION log_doctor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO entry_log SELECT to_jsonb(new) ->> 'family_name'; RETURN new; END $$; CREATE TRIGGER doctor_log AFTER INSERT ON doctor FOR EACH ROW EXECUTE FUNCTION log_doctor()`,
        patients: `INSERT INTO patient (number, first_name, last_name, born_on, notes) SELECT lpad(i::text, 8, '0'), 'F', 'L', '1990-01-01', 'note ' || i FROM generate_series(1, ${patientRows}) AS i`,
        connect: (screen) => screen.connect(url, 'clinic'),
        again: (screen) => screen.givePassword('clinic', new URL(url).password),
        open: () => openPostgres(url),
      }
    }), 180_000)
})
