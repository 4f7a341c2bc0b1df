import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { TargetInfo, TargetPolicy, TargetTag } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { Connection } from '../../app/flavor/driver.ts'
import type { Flavor } from '../../app/flavor/flavor.ts'
import { flavors } from '../../flavors/registry.ts'
import { fileOf, parseAddress } from './address.ts'
import { canonicalAddress, realPath } from './canonical.ts'
import { openJsonFile } from './json-file.ts'
import { nearest } from './nearest.ts'
import { openPolicies, strictest } from './policies.ts'
import type { Secrets } from './secrets.ts'

/** A target as it was asked for. `url` may hold a password. */
export interface TargetRequest {
  readonly name: string
  readonly url: string
  readonly password?: string | undefined
  readonly tag: TargetTag
  readonly policy: TargetPolicy
  /** A password is needed even though none is given here. */
  readonly expectsPassword?: boolean
}

/** `tag` and `policy` are its own; others may say more of the same database. */
interface Target extends Omit<TargetInfo, 'needsPassword' | 'stricter'> {
  /** A password is expected: one was given once, or the server asked for one. */
  expectsPassword: boolean
  /** Kept with the address that it was given for: another database of the same name never gets it. */
  password: string | null
}

/** Databases that this person may run things on. Passwords live in memory only. */
export interface Targets {
  list(): readonly TargetInfo[]
  /** Errors: TARGET_NOT_FOUND. */
  get(id: string): TargetInfo
  /** Id of a target at this address, else of one that is the same database by another spelling of its address; null when there is none. */
  idOf(url: string): string | null
  /** The database that a target is, however its address is spelt: see `canonicalAddress`. */
  placeOf(id: string): string
  /** Known for as long as this process lives. A database that is known already stays what it is, with its policy. */
  addForNow(request: TargetRequest, folder: string): TargetInfo
  add(request: TargetRequest): Promise<TargetInfo>
  /** Errors: TARGET_NOT_FOUND, TARGET_FIXED (of the project, or the sample). */
  remove(id: string): Promise<void>
  setPassword(id: string, password: string): void
  /** Puts the connections of a project in place of the last project's. Gives those that could not be understood. */
  setProject(requests: readonly TargetRequest[], folder: string, file?: ProjectFile): readonly { readonly name: string; readonly error: MetaMigrateError }[]
  /**
   * A session on it that reads. `missing`: `refuse` a file that is not there (also when left out), or take it for an `empty` database. Errors: those of the
   * driver, NOT_FOUND with the name that is most like it.
   */
  connect(id: string, options?: { readonly missing?: 'refuse' | 'empty' }): Promise<Connection>
  /** Whether it is a file that is not there yet. */
  isMissing(id: string): boolean
  /** What opens sessions on the database that `id` stands for now, whatever it stands for later. Errors: TARGET_NOT_FOUND. */
  opener(id: string, options?: { readonly missing: 'make' | 'refuse' }): (signal?: AbortSignal) => Promise<Connection>
}

/** The project file that connections come from; `unread`: names of connections whose address cannot be read now. */
export interface ProjectFile {
  readonly path: string
  readonly unread: readonly string[]
}

export interface TargetsOptions {
  readonly dataDir: string
  /** What relative paths in addresses of added targets are relative to. */
  readonly folder: string
  readonly secrets: Secrets
}

const stored = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    tag: z.enum(['development', 'test', 'production']),
    policy: z.enum(['free', 'confirm', 'read-only']),
    expectsPassword: z.boolean(),
  }),
)
type Stored = z.infer<typeof stored>

/** Targets of `dataDir`, with the sample database always among them. */
export function createTargets({ dataDir, folder, secrets }: TargetsOptions): Targets {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = openJsonFile<Stored>(join(dataDir, 'targets.json'), [], (value) => stored.safeParse(value).data ?? null)
  const policies = openPolicies(join(dataDir, 'policies.json'))
  const known = new Map<string, Target>()
  /** What its own entry, projects of this person and the list of added databases say of a database: the stricter holds. */
  const rulesOf = (target: Target) => {
    const place = canonicalAddress(target.url)
    const added = [...known.values()].filter((one) => one !== target && one.origin === 'user' && !one.id.startsWith('now:') && canonicalAddress(one.url) === place)
    return strictest(target, [
      ...policies.at(place).map(({ source, name, tag, policy }) => ({ tag, policy, by: `${source} (connection ${name})` })),
      ...added.map(({ name, tag, policy }) => ({ tag, policy, by: `the list of added databases (${name})` })),
    ])
  }

  const put = (id: string, origin: TargetInfo['origin'], request: TargetRequest, base: string): Target => {
    const address = parseAddress(request.url, base)
    const { name, tag, policy } = request
    const password = request.password ?? address.password
    if (password !== null) secrets.add(password)
    const flavor = flavorOf(address.scheme).dialect.name
    const target: Target = {
      id,
      name,
      url: address.url,
      flavor,
      tag,
      policy,
      origin,
      expectsPassword: password !== null || request.expectsPassword === true,
      password,
    }
    known.set(id, target)
    return target
  }
  const remember = (target: Target, password: string) => {
    secrets.add(password)
    target.password = password
  }
  const find = (id: string): Target => {
    const target = known.get(id)
    if (target === undefined)
      throw new MetaMigrateError('TARGET_NOT_FOUND', 'This database is not among the known ones any more. Choose one from the list.')
    return target
  }
  const infoOf = (target: Target): TargetInfo => {
    const { expectsPassword, password, ...info } = target
    const { tag, policy, by } = rulesOf(target)
    return {
      ...info,
      tag,
      policy,
      needsPassword: expectsPassword && password === null,
      ...(by === null ? {} : { stricter: { because: by, ownTag: info.tag, ownPolicy: info.policy } }),
    }
  }
  const open = (target: Target, missing: 'make' | 'refuse' | 'empty', signal?: AbortSignal) =>
    openSession(target, { policy: rulesOf(target).policy, missing: target.origin === 'sample' && missing === 'refuse' ? 'empty' : missing, signal })
  const save = () => {
    const own = [...known.values()].filter(({ origin, id }) => origin === 'user' && !id.startsWith('now:'))
    return file.set([
      ...strange,
      ...own.map(({ id, name, url, tag, policy, expectsPassword }) => ({ id, name, url, tag, policy, expectsPassword })),
    ])
  }

  put(
    'sample',
    'sample',
    { name: 'Sample database', url: `sqlite:${join(dataDir, 'sample.db').replaceAll('%', '%25')}`, tag: 'development', policy: 'free' },
    dataDir,
  )
  // One that this version does not understand stays in the file, for the version that does.
  const strange = file.get().filter(({ id, ...request }) => refusal(() => put(id, 'user', request, folder)) !== null)

  return {
    list: () =>
      [...known.values()]
        .filter(({ id }) => !id.startsWith('now:'))
        .toSorted(byOrigin)
        .map(infoOf),
    get: (id) => infoOf(find(id)),
    idOf: (url) => {
      const all = [...known.values()].toSorted(byOrigin)
      const exact = all.find((target) => target.url === url)
      if (exact !== undefined) return exact.id
      const place = canonicalAddress(url)
      return all.find((target) => canonicalAddress(target.url) === place)?.id ?? null
    },
    placeOf: (id) => canonicalAddress(find(id).url),
    addForNow: (request, base) => {
      const { url, password } = parseAddress(request.url, base)
      const twin = [...known.values()].find((target) => target.url === url)
      if (twin === undefined) return infoOf(put(`now:${url}`, 'user', request, base))
      const given = request.password ?? password
      if (given !== null) remember(twin, given)
      return infoOf(twin)
    },
    async add(request) {
      // One that cannot be connected to is refused now, not at its first use.
      const { scheme } = parseAddress(request.url, folder)
      if (flavorOf(scheme).driver === undefined) throw unconnected(flavorOf(scheme).dialect)
      const target = put(`user:${randomBytes(6).toString('hex')}`, 'user', request, folder)
      await save()
      return infoOf(target)
    },
    async remove(id) {
      if (find(id).origin !== 'user')
        throw new MetaMigrateError('TARGET_FIXED', 'This database belongs to the project or is the sample; it cannot be removed here.')
      known.delete(id)
      await save()
    },
    setPassword: (id, password) => {
      const target = find(id)
      target.expectsPassword = true
      remember(target, password)
    },
    setProject: (requests, base, file) => {
      const before = new Map(known)
      for (const [id, { origin }] of before) if (origin === 'project') known.delete(id)
      const problems = requests.flatMap((request) => {
        const id = `project:${request.name}`
        const error = refusal(() => keepPassword(put(id, 'project', request, base), before.get(id)))
        return error === null ? [] : [{ name: request.name, error }]
      })
      if (file !== undefined) {
        const own = [...known.values()].filter(({ origin }) => origin === 'project')
        const said = own.map(({ name, url, tag, policy }) => ({ name, address: canonicalAddress(url), tag, policy }))
        policies.replace(realPath(file.path), said, [...file.unread, ...problems.map(({ name }) => name)])
      }
      return problems
    },
    connect: async (id, options = {}) => open(find(id), options.missing ?? 'refuse'),
    isMissing: (id) => isMissing(find(id)),
    opener(id, { missing } = { missing: 'make' }) {
      const target = find(id)
      return (signal) => open(target, missing, signal)
    },
  }
}

/** A project that is opened again need not ask again for a password that was typed. */
function keepPassword(target: Target, before: Target | undefined): void {
  if (before === undefined || before.url !== target.url) return
  target.password ??= before.password
  target.expectsPassword ||= before.expectsPassword
}

interface SessionOptions {
  readonly policy: TargetPolicy
  readonly missing: 'make' | 'refuse' | 'empty'
  readonly signal: AbortSignal | undefined
}

async function openSession(target: Target, { policy, missing, signal }: SessionOptions): Promise<Connection> {
  const { url, password } = target
  if (missing === 'refuse' && isMissing(target)) throw missingFile(fileOf(url) ?? url)
  const driver = await driverOf(target.flavor)
  try {
    return await driver.connect({
      url,
      readOnly: policy === 'read-only',
      missing,
      ...(password === null ? {} : { password }),
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (error) {
    if (error instanceof MetaMigrateError && error.code === 'AUTHENTICATION_FAILED') {
      target.expectsPassword = true
      target.password = null
    }
    throw error
  }
}

function isMissing({ url }: Pick<Target, 'url'>): boolean {
  const path = fileOf(url)
  return path !== null && path !== ':memory:' && !existsSync(path)
}

/** Nothing that only reads makes a file: a name that was mistyped would be an empty database. */
function missingFile(path: string): MetaMigrateError {
  const folder = dirname(path)
  if (!existsSync(folder)) return new MetaMigrateError('NOT_FOUND', `There is no file ${path}: the folder ${folder} does not exist.`, { path })
  return new MetaMigrateError('NOT_FOUND', `There is no file ${path}${nearest(basename(path), readdirSync(folder), '; did you mean ') || '.'} Only create and redeploy make one.`, { path })
}

/** The error of ours that some work ends in; null when it succeeds. */
function refusal(work: () => unknown): MetaMigrateError | null {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof MetaMigrateError) return error
    throw error
  }
}

const order: readonly TargetInfo['origin'][] = ['project', 'user', 'sample']
const byOrigin = (a: Target, b: Target): number => order.indexOf(a.origin) - order.indexOf(b.origin)

/** The flavor that a scheme names. Errors: SCHEME_UNKNOWN. */
export function flavorOf(scheme: string): Flavor {
  const flavor = flavors.find(({ schemes }) => schemes.includes(scheme))
  if (flavor !== undefined) return flavor
  const known = flavors
    .filter(({ driver }) => driver !== undefined)
    .flatMap(({ schemes }) => schemes)
    .join(', ')
  throw new MetaMigrateError('SCHEME_UNKNOWN', `No database is known by the scheme ${scheme}. Known: ${known}.`, { scheme })
}

async function driverOf(name: string) {
  const flavor = flavors.find(({ dialect }) => dialect.name === name)
  const driver = await flavor?.driver?.()
  if (driver === undefined) throw unconnected(flavor?.dialect ?? { name, label: name })
  return driver
}

const unconnected = ({ name, label }: { readonly name: string; readonly label: string }) =>
  new MetaMigrateError('FLAVOR_UNSUPPORTED', `MetaMigrate does not connect to ${label}: preview and export write its text.`, { flavor: name })

/** A session on an address that is not kept. */
export async function connectOnce(
  request: { readonly url: string; readonly password?: string | undefined },
  folder: string,
  secrets: Secrets,
): Promise<Connection> {
  const address = parseAddress(request.url, folder)
  const password = request.password ?? address.password
  if (password !== null) secrets.add(password)
  const driver = await driverOf(flavorOf(address.scheme).dialect.name)
  if (isMissing(address)) throw missingFile(fileOf(address.url) ?? address.url)
  return driver.connect({ url: address.url, missing: 'refuse', ...(password === null ? {} : { password }) })
}
