import { isDeepStrictEqual } from 'node:util'
import { messageOf } from '../../app/errors.ts'
import type { TableName, TableShape } from '../../app/model/shape.ts'
import type { Dialect, Operation, Statement } from '../flavor.ts'
import { altering, asking, copyColumns, creating, orRefusal, referencing, rendered } from './operations.ts'
import { nullableOf, type UsableShape } from './usable-shapes.ts'

/** A database that judges: what a scenario asks of it. */
export interface JudgingEngine {
  execute(text: string): Promise<unknown>
  query(text: string): Promise<unknown>
  /** Everything that the tables are, comparable. */
  snapshot(): Promise<unknown>
  /** Texts that make a table again after it is gone, for flavors that need them. */
  remake(table: TableName): Promise<readonly string[]>
  /** Does the work, and then stands as before, whatever the work did. `again` makes the model anew where nothing rolls back. */
  isolated(work: () => Promise<void>, again: () => Promise<void>): Promise<void>
}

/** Counts of what was done, and every refusal or difference, told in full. */
export interface Judgement {
  statements: number
  undone: number
  readonly complaints: string[]
}

const plain = ({ schema, name }: TableName): TableName => ({ schema, name })

/** Has an engine run one model there and back: made, each operation by itself with its way back, each table rebuilt and brought back, dropped. */
export async function judgeModel(engine: JudgingEngine, dialect: Dialect, shapes: readonly UsableShape[], number: number): Promise<Judgement> {
  const judgement: Judgement = { statements: 0, undone: 0, complaints: [] }
  const run = async (texts: readonly string[], origin: string): Promise<boolean> => {
    for (const text of texts) {
      judgement.statements++
      try {
        await (/^\s*(?:SELECT|PRAGMA foreign_key_check|WITH)\b/i.test(text) ? engine.query(text) : engine.execute(text))
      } catch (error) {
        judgement.complaints.push(`${origin} of model ${number}: ${messageOf(error)}\n${text}`)
        return false
      }
    }
    return true
  }
  const make = async () => {
    const schemas = [...new Set(shapes.map(({ shape }) => shape.schema))].filter((schema) => schema !== '' && schema !== dialect.can.defaultSchema)
    const list: readonly Operation[] = [...(dialect.can.schemas ? schemas.map((schema): Operation => ({ kind: 'createSchema', schema })) : []), ...shapes.flatMap((one) => creating(dialect, one)), ...shapes.flatMap((one) => referencing(dialect, one))]
    for (const operation of list) {
      const said = rendered(dialect, operation)
      if ('refused' in said) judgement.complaints.push(`${operation.kind} of model ${number} is refused though the check found nothing: ${said.message}`)
      if ('refused' in said || !(await run(said.map(({ text }) => text), operation.kind))) return false
    }
    return true
  }
  let isMade = false
  await engine.isolated(async () => {
    isMade = await make()
    if (!isMade) return
    const again = async () => void (await make())
    for (const [place, one] of shapes.entries()) {
      const other = shapes[(place + 1) % shapes.length]?.shape ?? one.shape
      for (const operation of altering(dialect, one, other, number)) await thereAndBack([...detachedFrom(dialect, shapes, one.shape, operation), operation])
      const remake = await engine.remake(one.shape)
      if (dialect.can.strategies.length > 0) await thereAndBack(rebuild(dialect, one.shape, shapes, remake))
      for (const question of asking(one, other, number)) {
        const text = orRefusal(() => dialect.question(question))
        if (typeof text === 'string') await run([text], question.kind)
      }
    }
    const drops = [...detached(dialect, shapes), ...shapes.toReversed().map(({ shape }): Operation => ({ kind: 'dropTable', shape }))]
    for (const operation of drops) await run(dialect.statements(operation).map(({ text }) => text), operation.kind)

    async function thereAndBack(operations: readonly Operation[]) {
      const origin = operations.map(({ kind }) => kind).join(' + ')
      const before = await engine.snapshot()
      await engine.isolated(async () => {
        const done: Statement[] = []
        for (const operation of operations) {
          const said = rendered(dialect, operation)
          if ('refused' in said) return
          for (const statement of said) {
            if (!(await run([statement.text], origin))) return
            done.push(statement)
          }
        }
        const back = done.toReversed().map(({ undo }) => undo)
        if (back.some((undo) => undo === null)) return
        if (!(await run(back.flatMap((undo) => undo ?? []), `the way back of ${origin}`))) return
        judgement.undone++
        const after = await engine.snapshot()
        if (!isDeepStrictEqual(after, before)) judgement.complaints.push(`the way back of ${origin} of model ${number} ends elsewhere\n${done.map(({ text }) => text).join('\n')}\n-- back\n${back.flatMap((undo) => undo ?? []).join('\n')}\n-- before\n${JSON.stringify(before)}\n-- after\n${JSON.stringify(after)}`)
      }, again)
    }
  }, async () => undefined)
  return judgement
}

/** Every foreign key of the tables, taken off one by one, where that can be. */
const detached = (dialect: Dialect, shapes: readonly UsableShape[]): readonly Operation[] =>
  dialect.can.foreignKeys === 'alter' ? shapes.flatMap(({ shape }) => shape.references.map((reference): Operation => ({ kind: 'dropReference', table: plain(shape), reference }))) : []

/** Foreign keys that stand on the key that an operation drops: a plan takes them off before. */
const detachedFrom = (dialect: Dialect, shapes: readonly UsableShape[], table: TableName, operation: Operation): readonly Operation[] =>
  operation.kind === 'dropKey' ? detached(dialect, shapes).filter((one) => one.kind === 'dropReference' && same(one.reference.parent, table)) : []

const same = (a: TableName, b: TableName) => a.schema === b.schema && a.name === b.name

/** The steps of a plan that rebuilds one table, foreign keys of the others that point at it included. */
function rebuild(dialect: Dialect, shape: TableShape, shapes: readonly UsableShape[], remake: readonly string[]): readonly Operation[] {
  const aside = `${shape.name.slice(0, 20)}__mm_0a1b2c3d`
  const table = plain(shape)
  const columns = copyColumns(shape, shape)
  const children = dialect.can.foreignKeys === 'alter' ? shapes.flatMap(({ shape: child }) => (same(child, shape) ? child.references : child.references.filter(({ parent }) => same(parent, shape))).map((reference) => ({ table: plain(child), reference }))) : []
  const off = children.map((one): Operation => ({ kind: 'dropReference', ...one }))
  const on = children.map((one): Operation => ({ kind: 'addReference', ...one }))
  const bare = dialect.can.foreignKeys === 'alter' ? { ...shape, references: [] } : shape
  const hasIdentity = shape.columns.some(({ identity }) => identity !== null)
  const indexes = (name: TableName) => shape.indexes.map((index): Operation => ({ kind: 'createIndex', table: name, index, nullable: nullableOf(shape, index.parts.map((part) => part.column)) }))
  const references = dialect.can.foreignKeys !== 'alter'
  if (dialect.can.strategies[0] === 'swap') {
    const fresh = { ...shape, name: `${shape.name.slice(0, 20)}__mm_new` }
    const identity: readonly Operation[] = hasIdentity ? [{ kind: 'continueIdentity', from: table, fromShape: shape, to: fresh, columns }] : []
    return [
      { kind: 'createTable', shape: fresh, references }, { kind: 'copyRows', from: table, to: fresh, columns }, ...identity, ...indexes(plain(fresh)), ...off,
      { kind: 'swapTables', tables: [{ old: { shape: bare, aside }, fresh, to: table }] }, ...on, { kind: 'checkReferences', tables: [table] },
    ]
  }
  const from = { schema: shape.schema, name: aside }
  const identity: readonly Operation[] = hasIdentity ? [{ kind: 'continueIdentity', from, fromShape: { ...shape, name: aside }, to: shape, columns }] : []
  return [
    ...off, { kind: 'setAside', shape: bare, to: aside, remake }, { kind: 'createTable', shape, references }, { kind: 'copyRows', from, to: shape, columns }, ...identity, ...indexes(table), ...on,
    { kind: 'checkReferences', tables: [table] },
  ]
}
