import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { TargetInfo, TargetPolicy, TargetTag } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { Connection } from '../../app/flavor/driver.ts'
import type { Flavor } from '../../app/flavor/flavor.ts'
import { flavors } from '../../flavors/registry.ts'
import { parseAddress } from './address.ts'
import { openJsonFile } from './json-file.ts'
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

interface Target extends Omit<TargetInfo, 'needsPassword'> {
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
  /** Id of a target at this address, null when there is none. */
  idOf(url: string): string | null
  /** Known for as long as this process lives. A database that is known already stays what it is, with its policy. */
  addForNow(request: TargetRequest, folder: string): TargetInfo
  add(request: TargetRequest): Promise<TargetInfo>
  /** Errors: TARGET_NOT_FOUND, TARGET_FIXED (of the project, or the sample). */
  remove(id: string): Promise<void>
  setPassword(id: string, password: string): void
  /** Puts the connections of a project in place of the last project's. Gives those that could not be understood. */
  setProject(requests: readonly TargetRequest[], folder: string): readonly { readonly name: string; readonly error: MetaMigrateError }[]
  /** A session on it. Errors: those of the driver. */
  connect(id: string, signal?: AbortSignal): Promise<Connection>
  /** What opens sessions on the database that `id` stands for now, whatever it stands for later. Errors: TARGET_NOT_FOUND. */
  opener(id: string): (signal?: AbortSignal) => Promise<Connection>
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
  const known = new Map<string, Target>()

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
  const infoOf = ({ expectsPassword, password, ...info }: Target): TargetInfo => ({
    ...info,
    needsPassword: expectsPassword && password === null,
  })
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
    idOf: (url) => [...known.values()].find((target) => target.url === url)?.id ?? null,
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
    setProject: (requests, base) => {
      const before = new Map(known)
      for (const [id, { origin }] of before) if (origin === 'project') known.delete(id)
      return requests.flatMap((request) => {
        const id = `project:${request.name}`
        const error = refusal(() => keepPassword(put(id, 'project', request, base), before.get(id)))
        return error === null ? [] : [{ name: request.name, error }]
      })
    },
    connect: async (id, signal) => openSession(find(id), signal),
    opener(id) {
      const target = find(id)
      return (signal) => openSession(target, signal)
    },
  }
}

/** A project that is opened again need not ask again for a password that was typed. */
function keepPassword(target: Target, before: Target | undefined): void {
  if (before === undefined || before.url !== target.url) return
  target.password ??= before.password
  target.expectsPassword ||= before.expectsPassword
}

async function openSession(target: Target, signal: AbortSignal | undefined): Promise<Connection> {
  const driver = await driverOf(target.flavor)
  const { url, policy, password } = target
  try {
    return await driver.connect({
      url,
      readOnly: policy === 'read-only',
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
  return driver.connect({ url: address.url, ...(password === null ? {} : { password }) })
}
