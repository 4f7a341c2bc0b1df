import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataFolder } from './paths.ts'
import { createSecrets } from './secrets.ts'
import { createTargets } from './targets.ts'

let dataDir: string
const open = () => createTargets({ dataDir, folder: dataDir, secrets: createSecrets() })
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'metamigrate-targets-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('createTargets', () => {
  it('remembers a target and that it needs a password, never the password', async () => {
    const { id } = await open().add({ name: 'clinic', url: 'postgres://app:s3cret@h/clinic', tag: 'production', policy: 'confirm' })
    const again = open()
    expect(again.get(id)).toEqual({
      id,
      name: 'clinic',
      url: 'postgres://app@h/clinic',
      flavor: 'postgres',
      tag: 'production',
      policy: 'confirm',
      origin: 'user',
      needsPassword: true,
    })
    again.setPassword(id, 's3cret')
    expect(again.get(id).needsPassword).toBe(false)
    expect(readFileSync(join(dataDir, 'targets.json'), 'utf8')).not.toContain('s3cret')
    expect(statSync(join(dataDir, 'targets.json')).mode & 0o077).toBe(0)
  })

  it('shows connections of the project first, the sample last, and forgets those of the last project', () => {
    const targets = open()
    targets.setProject([{ name: 'dev', url: 'sqlite:dev.db', tag: 'development', policy: 'free' }], '/project')
    expect(targets.list().map(({ id, url }) => [id, url])).toEqual([
      ['project:dev', 'sqlite:/project/dev.db'],
      ['sample', `sqlite:${dataDir}/sample.db`],
    ])
    targets.setProject([], '/')
    expect(targets.list().map(({ id }) => id)).toEqual(['sample'])
  })

  it('never gives the password of one project to a database that another project calls the same', () => {
    const targets = open()
    const main = (url: string) => [{ name: 'main', url, tag: 'development', policy: 'free', expectsPassword: true } as const]
    targets.setProject(main('postgres://app@ours/clinic'), '/')
    targets.setPassword('project:main', 's3cret')
    targets.setProject(main('postgres://app@ours/clinic'), '/')
    expect(targets.get('project:main').needsPassword).toBe(false)
    targets.setProject(main('postgres://app@theirs/clinic'), '/')
    expect(targets.get('project:main').needsPassword).toBe(true)
    targets.setProject([], '/')
    targets.setProject(main('postgres://app@ours/clinic'), '/')
    expect(targets.get('project:main').needsPassword).toBe(true)
  })

  it('opens sessions on the database that a name stood for when the work began', async () => {
    const targets = open()
    const main = (url: string) => [{ name: 'main', url, tag: 'development', policy: 'free' } as const]
    targets.setProject(main('sqlite:a.db'), dataDir)
    const connect = targets.opener('project:main')
    targets.setProject(main('sqlite:b.db'), dataDir)
    const connection = await connect()
    expect(connection.server.database).toBe('a.db')
    await connection.close()
  })

  it('names connections that it does not understand, and takes the others', () => {
    const problems = open().setProject(
      [
        { name: 'a', url: 'oracle:x', tag: 'test', policy: 'free' },
        { name: 'b', url: 'sqlite:b.db', tag: 'test', policy: 'free' },
      ],
      '/p',
    )
    expect(problems.map(({ name, error }) => [name, error.code])).toEqual([['a', 'SCHEME_UNKNOWN']])
  })

  it('knows an address that was given for now without listing or storing it', async () => {
    const targets = open()
    const { id, url } = targets.addForNow({ name: 'x', url: 'sqlite:x.db', tag: 'development', policy: 'free' }, '/here')
    expect([targets.get(id).url, targets.idOf(url), targets.list().length]).toEqual(['sqlite:/here/x.db', id, 1])
    await targets.add({ name: 'y', url: 'sqlite:y.db', tag: 'test', policy: 'free' })
    expect(readFileSync(join(dataDir, 'targets.json'), 'utf8')).not.toContain('x.db')
  })

  it('takes an address of a known database for that database, with its policy', async () => {
    const targets = open()
    targets.setProject([{ name: 'prod', url: 'postgres://app@h/clinic', password: 's3cret', tag: 'production', policy: 'read-only' }], '/')
    expect(targets.addForNow({ name: 'x', url: 'postgres://app:other@h/clinic', tag: 'development', policy: 'free' }, '/')).toMatchObject({
      id: 'project:prod',
      policy: 'read-only',
      needsPassword: false,
    })
  })

  it('leaves a stored target that it does not understand where it is', async () => {
    const oracle = { id: 'user:1', name: 'o', url: 'oracle://h/x', tag: 'test', policy: 'free', expectsPassword: false }
    writeFileSync(join(dataDir, 'targets.json'), JSON.stringify([oracle]))
    const targets = open()
    expect(targets.list().map(({ id }) => id)).toEqual(['sample'])
    await targets.add({ name: 'y', url: 'sqlite:y.db', tag: 'test', policy: 'free' })
    expect(JSON.parse(readFileSync(join(dataDir, 'targets.json'), 'utf8'))[0]).toEqual(oracle)
  })

  it('puts a file aside that it does not understand', () => {
    writeFileSync(join(dataDir, 'targets.json'), '[{"id":1}]')
    expect(
      open()
        .list()
        .map(({ id }) => id),
    ).toEqual(['sample'])
    expect(readFileSync(join(dataDir, 'targets.json.broken'), 'utf8')).toBe('[{"id":1}]')
  })
})

describe('createSecrets', () => {
  it('takes every spelling of a secret out of a text', () => {
    const secrets = createSecrets()
    secrets.add('p@ss/word')
    secrets.add('abc')
    expect(secrets.scrub('at p@ss/word and p%40ss%2Fword, abc')).toBe('at *** and ***, abc')
  })
})

describe('dataFolder', () => {
  it('is METAMIGRATE_HOME, else where the system keeps data', () => {
    expect(dataFolder({ METAMIGRATE_HOME: '/m', XDG_DATA_HOME: '/x' }, 'linux', '/h')).toBe('/m')
    expect(dataFolder({ XDG_DATA_HOME: '/x' }, 'linux', '/h')).toBe('/x/metamigrate')
    expect(dataFolder({ XDG_DATA_HOME: 'relative' }, 'linux', '/h')).toBe('/h/.local/share/metamigrate')
    expect(dataFolder({}, 'darwin', '/h')).toBe('/h/Library/Application Support/metamigrate')
  })
})
