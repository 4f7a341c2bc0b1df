import fc from 'fast-check'
import { home, plainly, type Act, type Call, type Edit, type Flags, type Shape, type Through } from './act.ts'

const small = fc.nat({ max: 7 })

const shape: fc.Arbitrary<Shape> = fc.record({
  key: fc.constantFrom('number', 'identity', 'text', 'pair', 'none'),
  strict: fc.boolean(),
  withoutRowid: fc.boolean(),
  parent: fc.oneof(fc.constant(null), fc.constant('self' as const), fc.nat({ max: 2 })),
  onDelete: fc.constantFrom('no action', 'cascade', 'set null'),
})

// Most calls come from one machine and one project; the others are what goes wrong in life.
const through: fc.Arbitrary<Through> = fc.record({
  machine: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
  project: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
  copy: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  byUrl: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
})

const flags: fc.Arbitrary<Flags> = fc.record({
  accept: fc.constantFrom('no', 'asked', 'asked', 'all'),
  keep: fc.constantFrom(null, null, true, false),
  table: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: small }),
  all: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  dropUnmanaged: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
})

const deploy = (...names: readonly ('create' | 'backup' | 'delete' | 'restore' | 'redeploy')[]): fc.Arbitrary<Call> => fc.record({ do: fc.constantFrom(...names), flags, through })
const which = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: small })
const undo: fc.Arbitrary<Call> = fc.record({ do: fc.constant('undo'), which, acceptLoss: fc.boolean(), through })
const resume: fc.Arbitrary<Call> = fc.record({ do: fc.constant('resume'), which, through })
const dropBackups: fc.Arbitrary<Call> = fc.record({ do: fc.constant('drop-backups'), which, accept: fc.boolean(), through })

const call: fc.Arbitrary<Call> = fc.oneof(
  { weight: 5, arbitrary: deploy('redeploy') },
  { weight: 4, arbitrary: deploy('create', 'backup', 'delete', 'restore') },
  { weight: 5, arbitrary: undo },
  { weight: 1, arbitrary: resume },
  { weight: 2, arbitrary: dropBackups },
)

const hows: readonly Edit['how'][] = ['add field', 'rename field', 'drop field', 'retype field', 'swap fields', 'add table', 'rename table', 'drop table', 'swap tables', 'index', 'unique', 'check', 'reference', 'forget ids']
const edit: fc.Arbitrary<Act> = fc.record({
  do: fc.constant('edit'),
  project: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
  edit: fc.record({ how: fc.constantFrom(...hows), table: small, field: small, choice: small }),
})

const write: fc.Arbitrary<Act> = fc.record({ do: fc.constant('write'), how: fc.constantFrom('insert', 'insert', 'insert', 'update', 'delete'), table: small, rows: small })
const byHand: fc.Arbitrary<Act> = fc.record({ do: fc.constant('by hand'), how: fc.constantFrom('index', 'index', 'drop table', 'rename table', 'add column', 'lose books'), table: small })
const loseJournal: fc.Arbitrary<Act> = fc.record({ do: fc.constant('lose journal'), machine: fc.nat({ max: 1 }) })
const kill: fc.Arbitrary<Act> = fc.record({ do: fc.constant('kill'), call, lines: fc.nat({ max: 60 }), ms: fc.nat({ max: 5 }), whole: fc.boolean() })
const apart: fc.Arbitrary<Act> = fc.record({ do: fc.constant('apart'), call })

/** One act. `apart`: about one in forty is a call in a process of its own, most of those killed. */
const actOf = (isApart: boolean): fc.Arbitrary<Act> =>
  fc.oneof(
    { weight: 90, arbitrary: call as fc.Arbitrary<Act> },
    { weight: 40, arbitrary: edit },
    { weight: 50, arbitrary: write },
    { weight: 8, arbitrary: byHand },
    { weight: 5, arbitrary: loseJournal },
    ...(isApart ? [{ weight: 4, arbitrary: kill }, { weight: 1, arbitrary: apart }] : []),
  )

const accepting = (name: 'delete' | 'create' | 'restore' | 'redeploy' | 'backup'): Act => ({ do: name, flags: { ...plainly, accept: 'asked' }, through: home })
const back: Act = { do: 'undo', which: null, acceptLoss: false, through: home }

/** What people do in one go: an edit and its redeploy, a table made anew from its backup, a call and its undo, every backup dropped. */
const phrase: fc.Arbitrary<readonly Act[]> = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(edit, deploy('redeploy')) as fc.Arbitrary<readonly Act[]> },
  { weight: 2, arbitrary: fc.constant([accepting('delete'), accepting('create'), accepting('restore')]) },
  { weight: 2, arbitrary: small.map((table): readonly Act[] => [accepting('backup'), { do: 'write', how: 'delete', table, rows: 2 }, accepting('restore')]) },
  { weight: 3, arbitrary: call.map((one) => [one, back]) },
  { weight: 1, arbitrary: fc.boolean().map((accept): readonly Act[] => [{ do: 'drop-backups', which: null, accept, through: home }, back]) },
)

/** What is chosen at once: mostly one act. */
export const stepOf = (isApart: boolean): fc.Arbitrary<readonly Act[]> =>
  fc.oneof({ weight: 3, arbitrary: actOf(isApart).map((act) => [act]) as fc.Arbitrary<readonly Act[]> }, { weight: 1, arbitrary: phrase })

/** The tables that a trial begins with. */
export const shapes: fc.Arbitrary<readonly Shape[]> = fc.array(shape, { minLength: 1, maxLength: 3 })
