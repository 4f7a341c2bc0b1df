import type { Backup, DroppedBackups, Receipt } from '../../../../app/run/report.ts'
import type { Finding } from '../../../../app/model/finding.ts'
import type { Ended } from '../run-cli.ts'
import { home, type Call } from './act.ts'
import { callApart, callHere, type Death } from './caller.ts'
import type { World } from './world.ts'

/** One call of the command line as it was made, and what came of it. */
export interface Made {
  readonly args: readonly string[]
  readonly ended: Ended
  /** Its last JSON document; null when it printed none. */
  readonly said: Said | null
  /** Codes that it was given to accept. `*` stands for all: --allow-lossy. */
  readonly accepted: readonly string[]
  /** Everything that was said to the person since the act began. */
  readonly told: string
}

export type Said =
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  | { readonly kind: 'plan'; readonly plan: { readonly findings: readonly Finding[] } }
  | { readonly kind: 'backups'; readonly backups: readonly Backup[] }
  | ({ readonly kind: 'dropped-backups' } & DroppedBackups)
  | { readonly kind: 'runs' }

/** How a call is carried out: in this process, in one of its own, or in one that is killed. */
export type Manner = { readonly kind: 'here' } | { readonly kind: 'apart'; readonly death: Death | null }

/** Makes a call, again with the answers that it asks for where `flags` give them; each is handed out before the next is made. */
export async function* makeCall(world: World, call: Call, manner: Manner): AsyncGenerator<Made, void, void> {
  const place = world.place(call.through)
  let told = ''
  const once = async (args: readonly string[], accepted: readonly string[]) => {
    const ended = manner.kind === 'here' ? await callHere(args, place) : await callApart(world.ground.program, args, place, manner.death)
    told += ended.err
    return { args, ended, said: saidIn(ended), accepted, told }
  }
  for (const { words, accepted } of await wordsOf(world, call)) {
    const first = await once(words, accepted)
    yield first
    if (!('flags' in call) || call.flags.accept === 'no') continue
    const renames = [...first.ended.err.matchAll(/yes: (--rename) (?:'([^']+)'|(\S+))/g)].flatMap(([, word = '', loose, bare]) => [word, loose ?? bare ?? ''])
    let second = first
    if (renames.length > 0) yield (second = await once([...words, ...renames], accepted))
    const codes = /--accept ((?:MM\d+,?)+)/.exec(second.ended.err)?.[1]?.split(',') ?? []
    if (call.flags.accept === 'asked' && codes.length > 0) yield await once([...second.args, '--accept', codes.join(',')], codes)
  }
}

/** `backups` of one of the databases, asked from the first machine. */
export async function listBackups(world: World, which: 0 | 1): Promise<Made> {
  const args = ['backups', '--target', world.databases[which].url, '--json']
  const ended = await callHere(args, world.place(home))
  return { args, ended, said: saidIn(ended), accepted: [], told: ended.err }
}

function saidIn({ out }: Ended): Said | null {
  const line = out.trim().split('\n').findLast((one) => one.startsWith('{'))
  return line === undefined ? null : (JSON.parse(line) as Said)
}

interface Words {
  readonly words: readonly string[]
  readonly accepted: readonly string[]
}

async function wordsOf(world: World, call: Call): Promise<readonly Words[]> {
  const { through } = call
  const database = world.databases[world.meant(through)]
  const target = through.byUrl ? ['--target', world.databases[0].url] : []
  const always = [...target, '--yes', '--json']
  if ('flags' in call) {
    const { accept, keep, table, all, dropUnmanaged = false } = call.flags
    const tables = world.models[through.project]?.tables ?? []
    const only = table === null || tables.length === 0 ? [] : ['--table', tables[table % tables.length]?.name ?? '']
    const lossy = accept === 'all'
    const redeploy = call.do === 'redeploy' ? [...(keep === null ? [] : [keep ? '--keep-backup' : '--no-keep-backup']), ...(all ? ['--all'] : []), ...(dropUnmanaged ? ['--drop-unmanaged'] : [])] : []
    return [{ words: [call.do, ...always, ...only, ...redeploy, ...(lossy ? ['--allow-lossy'] : [])], accepted: lossy ? ['*'] : [] }]
  }
  const booked = await database.runs()
  const runs = [...booked, ...world.noted[world.meant(through)].filter((id) => booked.every((run) => run.id !== id)).map((id) => ({ id }))]
  const chosen = call.which === null || runs.length === 0 ? undefined : runs[call.which % runs.length]?.id
  if (call.do === 'drop-backups') {
    const accepted = call.accept ? ['MM104'] : []
    const words = (ids: readonly string[]) => ({ words: ['drop-backups', ...ids, ...always, ...(call.accept ? ['--accept', 'MM104'] : [])], accepted })
    return call.which === null ? (runs.length === 0 ? [] : [words(runs.map(({ id }) => id))]) : chosen === undefined ? [] : [words([chosen])]
  }
  const named = chosen === undefined ? [] : [chosen]
  if (call.do === 'resume') return [{ words: ['resume', ...named, ...always], accepted: [] }]
  return [{ words: ['undo', ...named, ...always, ...(call.acceptLoss ? ['--accept-loss'] : [])], accepted: [] }]
}
