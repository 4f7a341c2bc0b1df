import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { field, model, table } from '../../app/model/build.ts'
import type { Model, Table } from '../../app/model/model.ts'
import { undoRun } from '../../app/run/undo.ts'
import { changeField } from './testing/story.ts'
import { sqliteTarget } from './testing/target.ts'
import { workbench } from './testing/workbench.ts'
import type { Workbench } from './testing/workbench.ts'

const part = (id: string) => ({ field: id, expression: '', order: 'asc', nulls: '' }) as const
const pay: Table = {
  ...table('pay', field('id', 'int32', { primaryKey: true }), field('amount', 'int32'), field('note', 'text', { default: "'x'" })),
  indexes: [{ id: 'pay#index', name: 'pay_note', unique: false, method: '', parts: [part('pay.note')], include: [], predicate: '' }],
}
const base = model(pay)
const changed = (edit: (one: Table) => Table): Model => model(edit(pay))

let bench: Workbench
beforeEach(async () => {
  bench = workbench(await sqliteTarget())
  await bench.deploy('create', base)
})
afterEach(() => bench.close())

const indexes = async () => (await bench.target.rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql <> '' AND tbl_name IN ('pay', 'product') ORDER BY name")).flat()
const words = async (wanted: Model, dropUnmanaged?: readonly string[]) => {
  const { plan } = await bench.plan('redeploy', wanted, dropUnmanaged === undefined ? {} : { dropUnmanaged })
  return { kept: plan?.unmanaged?.kept.map(({ text }) => text), gone: plan?.unmanaged?.gone.map(({ text, why }) => `${text} ${why}`), leftAlone: plan?.unmanaged?.leftAlone.map(({ name }) => name) }
}

describe('what the model does not hold', () => {
  it('stays where only the database has it, and goes where the model had it and no longer has', async () => {
    await bench.target.run('CREATE INDEX pay_amount ON pay (amount)', 'CREATE TRIGGER audit AFTER UPDATE ON pay BEGIN SELECT 1; END')
    const wanted = changed((one) => ({ ...changeField(one, 'note', { default: null }), indexes: [] }))
    expect(await words(wanted)).toEqual({ kept: ['index pay_amount', 'trigger audit'], gone: ['default of note model', 'index pay_note model'], leftAlone: [] })
    const { run } = await bench.deploy('redeploy', wanted)
    expect(await indexes()).toEqual(['pay_amount'])
    expect((await bench.plan('redeploy', wanted)).plan?.groups).toEqual([])
    await bench.target.leave()
    await undoRun(run.id, bench.context())
    expect(await indexes()).toEqual(['pay_amount', 'pay_note'])
    // The undo took back what the target remembers of the model, too: the index is the model's again.
    expect((await words(base)).kept).toEqual(['index pay_amount', 'trigger audit'])
  })

  it('stays where nobody knows what the model had: an older version deployed it', async () => {
    await bench.target.run("DELETE FROM metamigrate_identity WHERE field_id = '@shape'")
    expect(await words(changed((one) => ({ ...one, indexes: [] })))).toEqual({ kept: ['index pay_note'], gone: [], leftAlone: [] })
  })

  it('goes when it is asked to: by its name, or every part at once; a table only by its own name', async () => {
    await bench.target.run('CREATE INDEX pay_amount ON pay (amount)', 'CREATE INDEX other ON pay (note, amount)', 'CREATE TABLE product (id INTEGER PRIMARY KEY)')
    expect(await words(base, ['pay.pay_amount'])).toEqual({ kept: ['index other'], gone: ['index pay_amount asked'], leftAlone: ['product'] })
    expect(await words(base, ['*'])).toEqual({ kept: [], gone: ['index other asked', 'index pay_amount asked'], leftAlone: ['product'] })
    await bench.deploy('redeploy', base, { dropUnmanaged: ['index other', 'table product'], allowLossy: true })
    expect(await indexes()).toEqual(['pay_amount', 'pay_note'])
    expect(await bench.target.rows("SELECT name FROM sqlite_schema WHERE name = 'product'")).toEqual([])
    await expect(bench.plan('redeploy', base, { dropUnmanaged: ['pay_amnt'] })).rejects.toMatchObject({ code: 'UNMANAGED_UNKNOWN', message: "--drop-unmanaged 'pay_amnt' names nothing that only the database has. Did you mean index pay_amount of pay?" })
  })

  it('refuses the plan where it can neither stay nor go, and says how it may', async () => {
    await bench.target.run('CREATE INDEX pay_amount ON pay (amount)')
    const wanted = changed((one) => ({ ...one, fields: one.fields.filter(({ name }) => name !== 'amount') }))
    const { plan } = await bench.plan('redeploy', wanted, { allowLossy: true })
    expect(plan?.findings.filter(({ severity }) => severity === 'error')).toEqual([
      {
        code: 'MM410',
        severity: 'error',
        path: { table: 'pay' },
        message:
          "index pay_amount of pay is not in the model, and needs pay.amount, which the model drops. Add it to the model, leave the field as it is, or let it go: --drop-unmanaged 'index pay_amount'.",
      },
    ])
    await bench.deploy('redeploy', wanted, { allowLossy: true, dropUnmanaged: ['pay_amount'] })
    expect(await indexes()).toEqual(['pay_note'])
  })

  it('is found before the run where a new table wants its name', async () => {
    await bench.target.run('CREATE TABLE product (id INTEGER PRIMARY KEY, name TEXT)', 'CREATE INDEX by_name ON product (name)')
    const fresh: Table = { ...table('shelf', field('name', 'text')), indexes: [{ id: 'i', name: 'by_name', unique: false, method: '', parts: [part('shelf.name')], include: [], predicate: '' }] }
    const { plan } = await bench.plan('redeploy', model(pay, fresh))
    expect(plan?.findings.filter(({ severity }) => severity === 'error').map(({ code, message }) => [code, message])).toEqual([
      ['MM403', 'The index by_name of shelf cannot be made: product has an index of that name. Rename one of them.'],
    ])
  })
})
