import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { TargetInfo, TargetPolicy, TargetTag } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'

/** What a project file says of a database. */
export interface Said {
  /** Path of the project file. */
  readonly source: string
  /** Name of the connection there. */
  readonly name: string
  /** As `canonicalAddress` gives it. */
  readonly address: string
  readonly tag: TargetTag
  readonly policy: TargetPolicy
}

/** Tags and policies by database, as the projects of this person said them when they were last opened. They hold from any folder, whatever names the database. */
export interface Policies {
  /** What is said of a database. */
  at(address: string): readonly Said[]
  /** What a project says now takes the place of what it said before. `unread`: connections whose address cannot be read now: what was said of them stays. */
  replace(source: string, said: readonly Omit<Said, 'source'>[], unread: readonly string[]): void
}

const shape = z.array(
  z.object({
    source: z.string(),
    name: z.string(),
    address: z.string(),
    tag: z.enum(['development', 'test', 'production']),
    policy: z.enum(['free', 'confirm', 'read-only']),
  }),
)

/** The policies kept in a file, which is read anew each time: other programs of this person write it too. */
export function openPolicies(path: string): Policies {
  return {
    at: (address) => read(path).filter((one) => one.address === address),
    replace(source, said, unread) {
      const all = read(path)
      const strict = said.filter(({ tag, policy }) => tag === 'production' || policy !== 'free').map((one) => ({ source, ...one }))
      const kept = all.filter((one) => one.source !== source || unread.includes(one.name))
      const next = [...kept, ...strict]
      if (JSON.stringify(next) !== JSON.stringify(all)) write(path, next)
    },
  }
}

function read(path: string): readonly Said[] {
  try {
    return shape.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error
    // Taken for empty, every guard of it would be gone without a word.
    const message = `${path} keeps which databases are guarded, and cannot be read. Move it away, and open each project once (metamigrate config show): it says its own again.`
    throw new MetaMigrateError('POLICIES_DAMAGED', message, { path }, { cause: error })
  }
}

/** At once, and whole: the next command must find it. */
function write(path: string, said: readonly Said[]): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, `${JSON.stringify(said, null, 2)}\n`, { mode: 0o600 })
  renameSync(temporary, path)
}

type Rules = Pick<TargetInfo, 'tag' | 'policy'>

const policyOrder: readonly TargetPolicy[] = ['free', 'confirm', 'read-only']

/** The stricter of what is said: production over any other tag, read-only over confirm over free. Null `by` when nobody says more than `own` does. */
export function strictest(own: Rules, others: readonly (Rules & { readonly by: string })[]): Rules & { readonly by: string | null } {
  let { tag, policy } = own
  const by: string[] = []
  for (const other of others) {
    const isStricterTag = other.tag === 'production' && tag !== 'production'
    const isStricterPolicy = policyOrder.indexOf(other.policy) > policyOrder.indexOf(policy)
    if (!isStricterTag && !isStricterPolicy) continue
    if (isStricterTag) tag = other.tag
    if (isStricterPolicy) policy = other.policy
    by.push(other.by)
  }
  return { tag, policy, by: by.length === 0 ? null : by.join(', ') }
}
