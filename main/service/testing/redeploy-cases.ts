import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseType } from '../../../app/model/parse-type.ts'
import { table as makeTable, field } from '../../../app/model/build.ts'
import { renderPlanText } from '../../../app/commands/render-plan.ts'
import type { Plan } from '../../../app/commands/plan.ts'
import type { Connection } from '../../../app/flavor/driver.ts'
import { dropBackups } from '../../../app/run/drop-backups.ts'
import { listRuns, runDetail } from '../../../app/run/list.ts'
import { runPlan, startRun } from '../../../app/run/start.ts'
import { resumeRun } from '../../../app/run/resume.ts'
import { undoRun } from '../../../app/run/undo.ts'
import { processOwner } from '../owner.ts'
import { after, before, change, changeField, contents, newField, seed } from './story.ts'
import { schemaOf } from './target.ts'
import type { TestTarget } from './target.ts'
import { workbench } from './workbench.ts'
import type { Workbench } from './workbench.ts'

const accept = { accept: ['MM103'] }
const unchangedTables = ['badges']

function planIn(answer: { readonly plan: Plan | null }): Plan {
  if (answer.plan === null) throw new Error('no plan')
  return answer.plan
}

const codesOf = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code)

/** The story of a redeploy and of everything that may go wrong with it, on one engine. */
export function redeployCases(name: string, makeTarget: () => Promise<TestTarget>): void {
  describe(`redeploy on ${name}`, () => {
    let bench: Workbench
    beforeEach(async () => {
      bench = workbench(await makeTarget())
      await bench.deploy('create', before)
      await seed(bench.target, 60)
    })
    afterEach(() => bench.close())

    it('keeps every row through renames, new types, a new NOT NULL field, a ring, a view of a view and a trigger', async () => {
      const rows = await contents(bench.target, 'before')
      const { plan } = await bench.deploy('redeploy', after, accept)
      expect(await contents(bench.target, 'after')).toEqual(rows)
      expect(await bench.target.rows('SELECT DISTINCT state FROM persons')).toEqual([['new']])
      expect(await bench.target.rows(`SELECT name FROM people_view_view WHERE name = 'name 3'`)).toEqual([['name 3']])
      expect(plan.unchanged.map((table) => table.name)).toEqual(unchangedTables)
      const again = planIn(await bench.plan('redeploy', after))
      expect(again.groups).toEqual([])
      // What only the database has is told of unchanged tables as well.
      expect(again.findings.filter(({ code }) => code !== 'MM408' && code !== 'MM411')).toEqual([])
    })

    it('goes on with the numbers where they stood, and lets the trigger hear new rows', async () => {
      await bench.deploy('redeploy', after, accept)
      await bench.target.run(`INSERT INTO persons (full_name) VALUES ('next')`, 'INSERT INTO visits (person, price) VALUES (1, 9)')
      expect(await bench.target.rows('SELECT max(id) FROM persons')).toEqual([['61']])
      expect(await bench.target.rows('SELECT max(id) FROM visits')).toEqual([['121']])
      expect(await bench.target.rows('SELECT count(*) FROM heard')).toEqual([['1']])
    })

    it('executes byte for byte what the plan shows', async () => {
      const plan = planIn(await bench.plan('redeploy', after, accept))
      const run = await runPlan({ ...bench.context(), plan })
      const executed = bench.journal.log(run.id)
      expect(executed.map(({ text }) => text)).toEqual(plan.groups.flatMap((group) => group.steps.map(({ text }) => text)))
      const connection = await bench.target.open()
      const shown = renderPlanText(plan, connection.dialect)
      await connection.close()
      for (const { text } of executed) expect(shown).toContain(text)
    })

    it('gives a receipt that proves the copy', async () => {
      const { run } = await bench.deploy('redeploy', after, accept)
      const { receipt } = await runDetail(run.id, { journal: bench.journal, owner: processOwner('test'), connection: null })
      expect(receipt.tables.every(({ verified }) => verified)).toBe(true)
      expect(receipt.tables.find((one) => one.name.name === 'persons')?.before?.rows).toBe('60')
      expect(receipt.backups.length).toBe(receipt.tables.length)
    })

    it('undoes a run to the schema and the rows as they were', async () => {
      const schema = await schemaOf(bench.target)
      const rows = await contents(bench.target, 'before')
      const { run } = await bench.deploy('redeploy', after, accept)
      expect((await undoRun(run.id, bench.context())).state).toBe('undone')
      expect(await schemaOf(bench.target)).toEqual(schema)
      expect(await contents(bench.target, 'before')).toEqual(rows)
      await bench.deploy('redeploy', after, accept)
      expect(await contents(bench.target, 'after')).toEqual(rows)
    })

    it('refuses to undo over rows written since, and copies them first when the loss is accepted', async () => {
      const { run } = await bench.deploy('redeploy', after, accept)
      await bench.target.run(`INSERT INTO tags (id, title) VALUES (999, 'late')`)
      await expect(undoRun(run.id, bench.context())).rejects.toMatchObject({ code: 'UNDO_WOULD_LOSE' })
      expect((await undoRun(run.id, { ...bench.context(), acceptLoss: true })).state).toBe('undone')
      expect(await bench.target.rows('SELECT count(*) FROM tags WHERE id = 999')).toEqual([['0']])
    })

    it('drops backups at the end when told so, or later, and then refuses an undo', async () => {
      const kept = await bench.deploy(
        'redeploy',
        change(before, 'tags', (tags) => changeField(tags, 'label', { name: 'title' })),
      )
      const connection = await bench.target.open()
      const runs = await listRuns({ journal: bench.journal, owner: processOwner('test'), connection })
      await connection.close()
      expect(runs[0]?.can).toEqual({ resume: false, undo: true, dropBackups: true })
      expect((await dropBackups({ runs: [kept.run.id], accept: [], dryRun: false }, bench.context())).backups).toMatchObject([{ kind: 'backup', run: kept.run.id, onlyCopy: { rows: '0', values: [] } }])
      await expect(undoRun(kept.run.id, bench.context())).rejects.toMatchObject({ code: 'UNDO_IMPOSSIBLE' })
      const cleaned = await bench.deploy(
        'redeploy',
        change(before, 'tags', (tags) => ({ ...tags, fields: [...tags.fields, newField('tags.more', 'more')] })),
        { keepBackup: false },
      )
      await expect(undoRun(cleaned.run.id, bench.context())).rejects.toMatchObject({ code: 'UNDO_IMPOSSIBLE' })
      expect(JSON.stringify(await schemaOf(bench.target))).not.toContain('__mm_')
    })

    it('refuses dropped values until they are accepted, and says how many', async () => {
      const answer = await bench.plan('redeploy', after)
      const finding = answer.findings.find(({ code }) => code === 'MM103')
      expect(finding?.severity).toBe('error')
      expect(finding?.message).toContain('people.junk goes, and with it 30 values.')
      await expect(runPlan({ ...bench.context(), plan: planIn(answer) })).rejects.toMatchObject({ code: 'PLAN_BLOCKED' })
    })

    it('refuses a cast that fails with the key of the row, whatever is accepted', async () => {
      await bench.target.run(`UPDATE tags SET label = '12' WHERE id <> 7`)
      const model = change(before, 'tags', (tags) => changeField(tags, 'label', { type: parseType('int32') }))
      const answer = await bench.plan('redeploy', model, { allowLossy: true, accept: ['MM101', 'MM209'] })
      expect(codesOf(answer.findings.filter(({ severity }) => severity === 'error'))).toEqual(['MM209'])
      expect(answer.findings.find(({ code }) => code === 'MM209')?.message).toContain('1 row cannot be stored as')
      expect(answer.findings.find(({ code }) => code === 'MM209')?.message).toContain('id = 7')
      await bench.target.run(`UPDATE tags SET label = '12' WHERE id = 7`)
      await bench.deploy('redeploy', model)
      expect(await bench.target.rows('SELECT sum(label) FROM tags')).toEqual([['600']])
    })

    it('refuses a new NOT NULL field without a default, and a NULL where none may be', async () => {
      const model = change(
        change(before, 'tags', (tags) => ({ ...tags, fields: [...tags.fields, { ...newField('tags.must', 'must'), default: null }] })),
        'people',
        (people) => changeField(people, 'boss', { nullable: false }),
      )
      const errors = (await bench.plan('redeploy', model)).findings.filter(({ severity }) => severity === 'error')
      expect(codesOf(errors).toSorted()).toEqual(['MM202', 'MM203'])
      expect(errors.find(({ code }) => code === 'MM203')?.message).toContain('id = 1')
      expect(errors.find(({ code }) => code === 'MM202')?.message).toContain('tags.must takes no NULL')
    })

    it('stops inside the transaction when rows came that the plan did not see, and changes nothing', async () => {
      const schema = await schemaOf(bench.target)
      const plan = planIn(
        await bench.plan(
          'redeploy',
          change(before, 'people', (people) => changeField(people, 'email', { nullable: false })),
        ),
      )
      await bench.target.run(`INSERT INTO people (name) VALUES ('no mail')`)
      const run = await runPlan({ ...bench.context(), plan })
      expect(run.state).toBe('failed')
      expect(run.error?.code).toBe('MM203')
      expect(run.error?.message).toContain('id = 61')
      expect(await schemaOf(bench.target)).toEqual(schema)
    })

    it('refuses to drop a field that a view needs, naming the view', async () => {
      const model = change(before, 'people', (people) => ({ ...people, fields: people.fields.filter(({ id }) => id !== 'people.name') }))
      const errors = (await bench.plan('redeploy', model, { allowLossy: true })).findings.filter(({ severity }) => severity === 'error')
      expect(codesOf(errors)).toContain('MM401')
      expect(errors.map(({ message }) => message).join(' ')).toContain('people_view')
    })

    it('swaps the names of two fields and of two tables with their rows', async () => {
      const swapped = change(
        change(
          change(before, 'people', (people) => changeField(changeField(people, 'name', { name: 'junk' }), 'junk', { name: 'name' })),
          'chairs',
          (chairs) => ({ ...chairs, name: 'desks' }),
        ),
        'desks',
        (desks) => ({ ...desks, name: 'chairs' }),
      )
      const model = change(swapped, 'people', (people) => changeField(people, 'junk', { nullable: true }))
      const names = await bench.target.rows('SELECT id, name, junk FROM people ORDER BY id')
      const chairs = await bench.target.rows('SELECT id, desk FROM chairs ORDER BY id')
      const { run } = await bench.deploy('redeploy', model)
      expect(await bench.target.rows('SELECT id, junk, name FROM people ORDER BY id')).toEqual(names)
      expect(await bench.target.rows('SELECT id, desk FROM desks ORDER BY id')).toEqual(chairs)
      await undoRun(run.id, bench.context())
      expect(await bench.target.rows('SELECT id, name, junk FROM people ORDER BY id')).toEqual(names)
    })

    it('asks before a rename that nobody recorded, and does it when confirmed', async () => {
      const stranger = {
        ...before,
        tables: before.tables.map((one) => ({
          ...one,
          id: `x.${one.id}`,
          fields: one.fields.map((item) => ({ ...item, id: `x.${item.id}` })),
          keys: [],
          references: [],
        })),
      }
      const model = change({ ...stranger, tables: stranger.tables.filter(({ id }) => id === 'x.tags') }, 'x.tags', (tags) => ({
        ...changeField(tags, 'label', { name: 'title' }),
        fields: tags.fields.map((item) => (item.id === 'x.tags.label' ? { ...item, name: 'title' } : item)),
      }))
      const answer = await bench.plan('redeploy', model)
      expect(answer.plan).toBeNull()
      expect(
        answer.candidates.map(({ kind, from, to }) => [kind, from.replace(/^(public|main)\./, ''), to.replace(/^(public|main)\./, '')]),
      ).toEqual([['field', 'tags.label', 'tags.title']])
      const rows = await bench.target.rows('SELECT id, label FROM tags ORDER BY id')
      await bench.deploy('redeploy', model, { renames: [{ from: 'tags.label', to: 'tags.title' }] })
      expect(await bench.target.rows('SELECT id, title FROM tags ORDER BY id')).toEqual(rows)
    })

    it('refuses a target that changed since the plan was made', async () => {
      const plan = planIn(await bench.plan('redeploy', after, accept))
      await bench.target.run('ALTER TABLE people ADD COLUMN surprise text')
      const run = await runPlan({ ...bench.context(), plan })
      expect(run.state).toBe('failed')
      expect(run.error?.code).toBe('TARGET_CHANGED')
      expect(run.error?.message).toContain('people')
      const rows = await bench.target.rows('SELECT count(*) FROM people')
      expect(rows).toEqual([['60']])
    })

    it('refuses a second run on the same table at once and names the first', async () => {
      const plan = planIn(await bench.plan('redeploy', after, accept))
      const gate = Promise.withResolvers<void>()
      // The first run is held inside its transaction, at its look at the catalog.
      const openConnection = async (): Promise<Connection> => {
        const connection = await bench.target.open()
        return { ...connection, introspect: (options) => gate.promise.then(() => connection.introspect(options)) }
      }
      const { runId, done } = await startRun({ ...bench.context(), openConnection, plan })
      await expect(startRun({ ...bench.context(), plan })).rejects.toMatchObject({
        code: 'RUN_CONFLICT',
        message: expect.stringContaining(runId) as unknown,
      })
      gate.resolve()
      expect((await done).state).toBe('done')
    })

    it('rolls back what it is doing when cancelled, and can then be resumed', async () => {
      const plan = planIn(await bench.plan('redeploy', after, accept))
      const rows = await contents(bench.target, 'before')
      const cancel = new AbortController()
      const last = plan.groups.at(-1)?.steps.at(-4)?.id
      const run = await runPlan({
        ...bench.context(),
        plan,
        signal: cancel.signal,
        emit: (event) => {
          if (event.kind === 'step.started' && event.step === last) cancel.abort()
        },
      })
      expect(run.state).toBe('cancelled')
      expect(run.groups.committed).toBe(plan.groups.length - 1)
      expect((await resumeRun(run.id, bench.context())).state).toBe('done')
      expect(await contents(bench.target, 'after')).toEqual(rows)
    })

    it('makes copies with backup, drops with delete, makes again with create and fills with restore', async () => {
      const rows = await contents(bench.target, 'before')
      await bench.target.run('DROP VIEW people_view_view', 'DROP VIEW people_view')
      await bench.deploy('backup', before)
      expect(codesOf((await bench.plan('delete', before)).findings)).toContain('MM102')
      await bench.deploy('delete', before, { accept: ['MM102'] })
      await bench.deploy('create', before)
      await bench.deploy('restore', before)
      expect(await contents(bench.target, 'before')).toEqual(rows)
    })

    it('leaves an unchanged table alone, and rebuilds it when asked', async () => {
      expect(planIn(await bench.plan('redeploy', before)).groups).toEqual([])
      const rows = await contents(bench.target, 'before')
      await bench.deploy('redeploy', before, { includeUnchanged: true })
      expect(await contents(bench.target, 'before')).toEqual(rows)
    })

    it('creates what is not there and refuses what is there and differs', async () => {
      const model = {
        ...before,
        tables: [...before.tables, makeTable('fresh', field('id', 'int64', { primaryKey: true, nullable: false }))],
      }
      const plan = planIn(await bench.plan('create', model))
      expect(plan.groups.flatMap((group) => group.tables.map((one) => one.name.name))).toEqual(['fresh'])
      expect(codesOf((await bench.plan('create', after)).findings)).toContain('MM404')
    })

    it('resumes and undoes from the target alone when the local store is lost', async () => {
      const plan = planIn(await bench.plan('redeploy', after, accept))
      const rows = await contents(bench.target, 'before')
      const cancel = new AbortController()
      const emit = (event: { readonly kind: string }) => {
        if (event.kind === 'group.committed') cancel.abort()
      }
      const stopped = await runPlan({ ...bench.context(), plan, signal: cancel.signal, emit })
      expect(stopped.state).toBe('cancelled')
      const elsewhere = workbench({ ...bench.target, folder: `${bench.target.folder}/elsewhere`, dispose: () => Promise.resolve() })
      expect((await resumeRun(stopped.id, elsewhere.context())).state).toBe('done')
      expect(await contents(bench.target, 'after')).toEqual(rows)
      expect((await undoRun(stopped.id, elsewhere.context())).state).toBe('undone')
      expect(await contents(bench.target, 'before')).toEqual(rows)
      await elsewhere.close()
    })
  })
}
