import type { TargetInfo } from '../../app/api/api.ts'
import { needsConfirm, refuseReadOnly, stricterText } from '../service/plan-handlers.ts'
import { UsageError } from './exit.ts'
import type { Io } from './io.ts'

export interface Agreement {
  readonly target: TargetInfo
  /** Name that a production target is armed with. */
  readonly database: string
  /** The statements, shown before the question; '' when there is nothing to show. */
  readonly text: string
  readonly summary: string
  readonly yes: boolean
}

/** What the person typed to agree: the database's name where the policy asks for it, else ''. Null: no. Throws UsageError where nobody can be asked. */
export async function agree(io: Io, { target, database, text, summary, yes }: Agreement): Promise<string | null> {
  refuseReadOnly(target)
  const stricter = stricterText(target).trim()
  // A plan has said it among its findings.
  if (stricter !== '' && text === '') io.say(`${target.name}: ${stricter}`)
  const show = () => {
    for (const one of [text, summary]) if (one !== '') io.say(one)
  }
  if (needsConfirm(target)) {
    const known = io.env['METAMIGRATE_CONFIRM']
    if (known !== undefined) return known === database ? known : null
    if (!io.interactive) throw new UsageError(`${target.name} asks for its database's name: set METAMIGRATE_CONFIRM=${database}, or run this in a terminal.`)
    show()
    const typed = await io.ask(`Type the name of the database (${database}) to run this: `)
    return typed === database ? typed : null
  }
  if (yes) {
    if (summary !== '') io.say(summary)
    return ''
  }
  if (!io.interactive) throw new UsageError('This changes a database: add --yes, look first with --dry-run, or run it in a terminal.')
  show()
  const answer = await io.ask('Run this? [y/N] ')
  return /^y(?:es)?$/i.test(answer.trim()) ? '' : null
}
