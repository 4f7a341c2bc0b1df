import { home, type Act, type Call, type Sequence } from './act.ts'
import { listBackups, makeCall, type Made, type Manner } from './call.ts'
import { edited } from './edits.ts'
import type { Look } from './database.ts'
import { emptyMemory, judgeBackups, judgeCall, LawBroken, noteOthers, type Memory } from './law.ts'
import { changeByHand, writeRows } from './others.ts'
import type { World } from './world.ts'

/** What is counted over many trials. */
export interface Tally {
  readonly acts: Map<string, number>
  /** Calls that ended otherwise than well, by code. */
  readonly refusals: Map<string, number>
  sequences: number
  calls: number
  kills: number
  rows: number
}

export const emptyTally = (): Tally => ({ acts: new Map(), refusals: new Map(), sequences: 0, calls: 0, kills: 0, rows: 0 })

export const count = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)

/** A trial under way: acts are done to it one after another, and after each the law is checked. */
export interface Trial {
  readonly world: World
  readonly memory: Memory
  readonly tally: Tally
  /** What was done, as a person would tell it. */
  readonly told: string[]
  readonly done: Act[]
  /** The databases as they were seen last: nothing but an act changes them. */
  seen: readonly [Look, Look] | null
}

export const trialIn = (world: World, tally: Tally): Trial => ({ world, tally, memory: emptyMemory(), told: [], done: [], seen: null })

const nameOf = (act: Act): string => (act.do === 'write' || act.do === 'by hand' ? `${act.do}: ${act.how}` : act.do === 'edit' ? `edit: ${act.edit.how}` : act.do === 'kill' || act.do === 'apart' ? `${act.do}: ${act.call.do}` : act.do)

/** Does one act. Throws LawBroken, with everything that was done so far in its message. */
export async function doAct(trial: Trial, act: Act): Promise<void> {
  count(trial.tally.acts, nameOf(act))
  trial.done.push(act)
  await withTale(trial, () => perform(trial, act))
}

async function withTale(trial: Trial, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof LawBroken)) throw error
    throw new LawBroken(error.rule, `${error.message.slice(error.rule.length + 2)}\n${trial.told.map((line) => `  ${line}`).join('\n')}`)
  }
}

async function perform(trial: Trial, act: Act): Promise<void> {
  const { world, memory, told, tally } = trial
  switch (act.do) {
    case 'edit': {
      if (act.edit.how === 'forget ids') {
        world.forgotten.add(act.project)
        told.push(`edit project${act.project}: forget ids`)
      } else {
        const model = world.models[act.project]
        if (model === undefined) return
        const next = edited(model, act.edit)
        told.push(`edit project${act.project}: ${JSON.stringify(act.edit)}${next === model ? ' (nothing to edit)' : ''}`)
        world.models[act.project] = next
      }
      world.save(act.project)
      return
    }
    case 'lose journal': {
      world.loseJournal(act.machine)
      told.push(`machine${act.machine} loses its journal`)
      return
    }
    case 'write':
    case 'by hand': {
      const before = trial.seen ?? (await world.look())
      const refused = await (act.do === 'write' ? writeRows(world, act) : changeByHand(world, act))
      const after = await lookAgain(trial)
      told.push(`others ${act.how} ${act.table}: ${refused ?? 'done'}`)
      noteOthers({ before, after }, memory)
      return
    }
    case 'kill': {
      tally.kills++
      return calls(trial, act.call, { kind: 'apart', death: { lines: act.lines, ms: act.ms, whole: act.whole } })
    }
    case 'apart': return calls(trial, act.call, { kind: 'apart', death: null })
    default: return calls(trial, act, { kind: 'here' })
  }
}

function note(noted: string[], id: string): void {
  if (!noted.includes(id)) noted.unshift(id)
}

async function lookAgain(trial: Trial): Promise<readonly [Look, Look]> {
  trial.seen = await trial.world.look()
  return trial.seen
}

async function calls(trial: Trial, call: Call, manner: Manner): Promise<void> {
  const { world, memory, told, tally } = trial
  const meant = world.meant(call.through)
  let before = trial.seen ?? (await world.look())
  const booked = new Set((await world.databases[meant].runs()).map(({ id }) => id))
  for await (const made of makeCall(world, call, manner)) {
    if (made.ended.code === null) for (const database of world.databases) await database.settle()
    const after = await lookAgain(trial)
    told.push(tellOf(call, made))
    tally.calls++
    const code = codeOf(made)
    if (code !== null) count(tally.refusals, code)
    if (made.said?.kind === 'receipt') note(world.noted[meant], made.said.receipt.run.id)
    judgeCall(call, made, { before, after, booked }, meant, memory)
    before = after
  }
}

/** Code of an end that is no success. */
function codeOf({ ended, said }: Made): string | null {
  if (ended.code === null) return 'killed'
  if (ended.code === 0) return null
  if (said?.kind === 'error') return said.code
  return /error \[(\w+)\]/.exec(ended.err)?.[1] ?? `exit ${ended.code}`
}

function tellOf({ through }: Call, made: Made): string {
  const where = `${through.machine === 0 ? '' : `machine${through.machine} `}${through.copy ? 'a copy of ' : ''}project${through.project}`
  const { said } = made
  const end = said?.kind === 'receipt' ? `${said.receipt.run.id} ${said.receipt.run.state}` : ''
  const errors = made.ended.err.split('\n').filter((line) => line.includes('error [')).join(' ').slice(0, 400)
  return `${where}: ${made.args.join(' ')} -> ${made.ended.code ?? 'killed'} ${end} ${errors}`.trimEnd()
}

/** A whole sequence in a world of its own. */
export async function runSequence(trial: Trial, { acts }: Sequence): Promise<void> {
  for (const act of acts) await doAct(trial, act)
  await bringHome(trial)
}

const isHome = (state: string | undefined): boolean => state === 'done' || state === 'undone'

/**
 * At the end of a trial: each run that stopped on its way is finished, or else taken back, where need be with what stands on it. Throws LawBroken for an
 * interrupted one that holds its tables still, where nobody changed the schema by hand.
 */
export async function bringHome(trial: Trial): Promise<void> {
  const [database] = trial.world.databases
  await withTale(trial, () => checkBackups(trial, 0))
  const through = { ...home, byUrl: true }
  const stateOf = async (id: string) => (await database.runs()).find((run) => run.id === id)?.state
  const indexOf = async (id: string) => (await database.runs()).findIndex((run) => run.id === id)
  for (const { id, state } of await database.runs()) {
    if (isHome(state)) continue
    await doAct(trial, { do: 'resume', which: await indexOf(id), through })
    if (isHome(await stateOf(id))) continue
    const runs = await database.runs()
    for (const later of runs.slice(0, 1 + runs.findIndex((run) => run.id === id))) {
      if (later.state === 'undone' || isHome(await stateOf(id))) continue
      await doAct(trial, { do: 'undo', which: await indexOf(later.id), acceptLoss: true, through })
    }
    // One that failed holds nothing up; one that is still said to run holds its tables.
    if ((await stateOf(id)) !== 'running' || trial.done.some((act) => act.do === 'by hand')) continue
    await withTale(trial, () => Promise.reject(new LawBroken('a run does not come home', `${id} is ${state}: neither resume nor undo ends it`)))
  }
}

/** Lists the copies in a database, and holds the list against what is there. */
async function checkBackups(trial: Trial, which: 0 | 1): Promise<void> {
  const { world, told, tally } = trial
  const made = await listBackups(world, which)
  tally.calls++
  told.push(`backups --json -> ${made.ended.code ?? 'killed'}`)
  if (made.said?.kind !== 'backups') throw new LawBroken('backups fails', made.ended.err)
  judgeBackups(made.said.backups, trial.seen ?? (await world.look()), which)
}
