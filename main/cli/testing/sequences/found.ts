import { home, plainly, type Act, type Call, type Edit, type Flags, type Sequence, type Shape, type Through } from './act.ts'

/** A sequence that once lost something, or led nowhere. */
export interface Case extends Sequence {
  readonly name: string
}

const keyed: Shape = { key: 'identity', strict: false, withoutRowid: false, parent: null, onDelete: 'no action' }
const insert: Act = { do: 'write', how: 'insert', table: 0, rows: 2 }
const child: Act = { do: 'write', how: 'insert', table: 1, rows: 2 }
const remove: Act = { do: 'write', how: 'delete', table: 0, rows: 1 }
const away = { ...home, byUrl: true, machine: 1 }
const deploy = (name: 'create' | 'backup' | 'delete' | 'restore' | 'redeploy', flags: Partial<Flags> = {}, through: Through = home): Call => ({ do: name, flags: { ...plainly, ...flags }, through })
const undo = (which: number | null = null, acceptLoss = false, through: Through = home): Call => ({ do: 'undo', which, acceptLoss, through })
const drop = (which: number | null = null, accept = false): Call => ({ do: 'drop-backups', which, accept, through: home })
const edit = (how: Edit['how'], choice = 0, field = 0, table = 0): Act => ({ do: 'edit', project: 0, edit: { how, table, field, choice } })
const loseBooks: Act = { do: 'by hand', how: 'lose books', table: 0 }
const loseJournal: Act = { do: 'lose journal', machine: 0 }
/** Killed once the first group is committed and the second has begun, or a little before or behind that: each is a case of its own. */
const killed = (lines: number, call: Call = deploy('redeploy', { all: true })): Act => ({ do: 'kill', call, lines, ms: 0, whole: true })

/** Every sequence that was ever found, by hand or by the soak: replayed on SQLite and PostgreSQL, the law checked after each act. */
export const found: readonly Case[] = [
  { name: 'undo of a restore once every backup is dropped', tables: [keyed], acts: [deploy('create'), insert, deploy('delete', { accept: 'asked' }), deploy('create'), deploy('restore'), drop(), undo()] },
  { name: 'the same, with the drop of the only copy accepted', tables: [keyed], acts: [deploy('create'), insert, deploy('delete', { accept: 'asked' }), deploy('create'), deploy('restore'), drop(null, true), undo(null, true)] },
  { name: 'drop of the backups of a delete', tables: [keyed], acts: [deploy('create'), insert, deploy('delete', { accept: 'asked' }), drop(0), drop(0, true)] },
  { name: 'undo of a backup whose rows others deleted since', tables: [keyed], acts: [deploy('create'), insert, deploy('backup'), remove, undo(0), undo(0, true)] },
  { name: 'undo in a project where nothing ran', tables: [keyed], acts: [deploy('create'), insert, undo(null, true, { ...home, project: 1 })] },
  { name: 'undo by the name of one database while another is newer', tables: [keyed], acts: [deploy('create'), deploy('create', {}, { ...home, project: 1 }), undo(null, false, { ...home, byUrl: true }), undo(null, false, { ...home, project: 1 })] },
  { name: 'undo of a create whose table others dropped', tables: [keyed], acts: [deploy('create'), insert, { do: 'by hand', how: 'drop table', table: 0 }, undo(0, true)] },
  ...[12, 24].flatMap((lines): readonly Case[] => [
    { name: `resume elsewhere after a kill at line ${lines} and a lost journal`, tables: [keyed, keyed], acts: [deploy('create'), insert, killed(lines), loseJournal, { do: 'resume', which: 0, through: away }] },
    { name: `undo elsewhere after a kill at line ${lines} and a lost journal`, tables: [keyed, keyed], acts: [deploy('create'), insert, killed(lines), loseJournal, undo(0, false, away)] },
  ]),
  { name: 'what an undo with an accepted loss copied aside, and its drop', tables: [keyed], acts: [deploy('create'), insert, edit('rename field'), deploy('redeploy'), insert, undo(null, true), drop(), drop(null, true)] },
  { name: 'a field dropped and its backup too', tables: [keyed], acts: [deploy('create'), insert, edit('drop field'), deploy('redeploy', { accept: 'asked' }), drop(0), undo()] },
  { name: 'a redeploy that keeps no backup, and an undo', tables: [keyed], acts: [deploy('create'), insert, edit('rename field'), deploy('redeploy', { keep: false }), undo(), undo(0, true)] },
  { name: 'undo of an older run', tables: [keyed], acts: [deploy('create'), insert, edit('rename field'), deploy('redeploy'), edit('rename field', 1), deploy('redeploy'), undo(1), undo(1, true), undo(), undo()] },
  { name: 'delete, create again, and undo of both', tables: [keyed], acts: [deploy('create'), insert, deploy('delete', { accept: 'asked' }), deploy('create'), insert, undo(null, true), undo(null, true)] },
  { name: 'two machines, the journal of one lost between', tables: [keyed], acts: [deploy('create'), insert, edit('rename field'), deploy('redeploy', {}, away), loseJournal, undo(0, false, { ...home, byUrl: true })] },
  {
    name: 'undo of a restore whose parents got children since',
    tables: [keyed, { ...keyed, parent: 0, onDelete: 'cascade' }],
    acts: [deploy('create'), insert, deploy('backup', { table: 0 }), { do: 'write', how: 'delete', table: 0, rows: 2 }, deploy('restore', { table: 0 }), child, undo(), undo(null, true)],
  },
  { name: 'undo with an accepted loss of a restore into which others wrote since', tables: [keyed], acts: [deploy('create'), insert, deploy('delete', { accept: 'asked' }), deploy('create'), deploy('restore'), insert, undo(null, true), undo(null, true)] },
  {
    name: 'two undos with an accepted loss on one table',
    tables: [keyed],
    acts: [deploy('create'), insert, edit('rename field'), deploy('redeploy'), insert, edit('rename field', 1), deploy('redeploy'), insert, undo(null, true), insert, undo(null, true), insert, undo(null, true)],
  },
  { name: 'a restore once a field has another name', tables: [keyed], acts: [deploy('create'), insert, edit('rename field'), deploy('delete', { accept: 'asked' }), deploy('create'), deploy('restore')] },
  { name: 'tables that exchange their names', tables: [keyed, keyed], acts: [deploy('create'), insert, { ...insert, table: 1 }, edit('swap tables'), deploy('redeploy'), undo(), deploy('redeploy', { table: 0, keep: false, accept: 'asked' })] },
  { name: 'the same undo once the database lost its books', tables: [keyed], acts: [deploy('create'), insert, deploy('delete', { accept: 'asked' }), deploy('create'), deploy('restore'), loseBooks, drop(), undo(), undo(null, true)] },
  { name: 'a rename taken back once the database lost its books', tables: [keyed], acts: [deploy('create'), insert, edit('rename field'), deploy('redeploy'), loseBooks, undo(), deploy('redeploy', { accept: 'asked' })] },
]
