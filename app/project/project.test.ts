import { describe, expect, test } from 'vitest'
import { parseProject } from './project.ts'

const parse = (text: string, variables: Readonly<Record<string, string>> = {}) => parseProject(text, (name) => variables[name])
const codes = (text: string) => parse(text).findings.map(({ code, path }) => `${code} ${path.row ?? 0} ${path.property ?? ''}`.trim())

const whole = `name: clinic
model: model/                     # directory of CSVs, or one CSV file
flavor: postgres
flavors:
  postgres: { version: 18, quoting: needed }
  django: { version: 4.20 }
connections:
  dev:  { url: sqlite:./dev.db, tag: development }
  prod: { url: "postgres://app@db.example/clinic", password: \${CLINIC_PW}, tag: production, policy: read-only }
  short: sqlite:./short.db
macros:
  nightly:
    - backup: { schema: Clinic }
    - shell: [./notify.sh, "backup done"]
    - redeploy
`

describe('parseProject', () => {
  test('reads names, connections with their variables, and macros as written', () => {
    expect(parse(whole, { CLINIC_PW: 'se cret' })).toEqual({
      project: {
        name: 'clinic',
        model: 'model/',
        flavor: 'postgres',
        flavors: { postgres: { version: '18', quoting: 'needed' }, django: { version: '4.20' } },
        connections: [
          { name: 'dev', url: 'sqlite:./dev.db', password: null, tag: 'development', policy: 'free' },
          { name: 'prod', url: 'postgres://app@db.example/clinic', password: 'se cret', tag: 'production', policy: 'read-only' },
          { name: 'short', url: 'sqlite:./short.db', password: null, tag: 'development', policy: 'free' },
        ],
        macros: [
          {
            name: 'nightly',
            steps: [
              { command: 'backup', options: { schema: 'Clinic' }, line: 13 },
              { command: 'shell', options: ['./notify.sh', 'backup done'], line: 14 },
              { command: 'redeploy', options: null, line: 15 },
            ],
          },
        ],
      },
      findings: [],
    })
  })

  test('gives an empty project for an empty text', () => {
    expect(parse('')).toEqual({ project: { name: null, model: null, flavor: null, flavors: {}, connections: [], macros: [] }, findings: [] })
  })

  test('asks for confirmation on a production connection unless told otherwise', () => {
    expect(parse('connections: { p: { url: "sqlite:x", tag: production } }').project.connections[0]?.policy).toBe('confirm')
  })

  test('keeps a connection whose password is not set, and leaves out one whose address is not', () => {
    const { project, findings } = parse('connections:\n  a: { url: "sqlite:x", password: "${PW}" }\n  b: { url: "${URL}" }')
    expect(project.connections.map(({ name, password }) => [name, password])).toEqual([['a', null]])
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'metamigrate.yaml, line 2, connections.a.password: the environment variable PW is not set.'],
      ['error', 'metamigrate.yaml, line 3, connections.b.url: the environment variable URL is not set.'],
    ])
  })

  test.each([
    ['nmae: x', 'PROJECT_KEY_UNKNOWN 1 nmae'],
    ['name: [x]', 'PROJECT_VALUE 1 name'],
    ['- a', 'PROJECT_VALUE 1'],
    ['name: a\nconnections: yes', 'PROJECT_VALUE 2 connections'],
    ['connections:\n  a: { tag: test }', 'PROJECT_VALUE 2 connections.a.url'],
    ['connections:\n  a: { url: "sqlite:x", tag: prod }', 'PROJECT_VALUE 2 connections.a.tag'],
    ['connections:\n  a: { url: "sqlite:x", user: me }', 'PROJECT_KEY_UNKNOWN 2 connections.a.user'],
    ['connections:\n  a: { url: "postgres://me:secret@h/d" }', 'PROJECT_PASSWORD_IN_URL 2 connections.a.url'],
    ['flavors: [a]', 'PROJECT_VALUE 1 flavors'],
    ['flavors:\n  postgres: yes', 'PROJECT_VALUE 2 flavors.postgres'],
    ['flavors:\n  postgres: { version: [15] }', 'PROJECT_VALUE 2 flavors.postgres.version'],
    ['macros:\n  m: backup', 'PROJECT_VALUE 2 macros.m'],
    ['macros:\n  m:\n    - { a: 1, b: 2 }', 'PROJECT_VALUE 3 macros.m[0]'],
  ])('says line and key of what is wrong in %j', (text, expected) => {
    expect(codes(text)).toEqual([expected])
  })

  test('leaves out flavors and settings that are refused, and says why', () => {
    const settingProblem = (flavor: string, setting: { readonly name: string } | null) => (flavor === 'db9' ? 'there is no such flavor' : setting?.name === 'colour' ? 'it has no colour' : null)
    const { project, findings } = parseProject('flavors:\n  db9: { a: b }\n  postgres: { colour: red, quoting: needed }', () => undefined, { settingProblem })
    expect(project.flavors).toEqual({ postgres: { quoting: 'needed' } })
    expect(findings.map(({ message }) => message)).toEqual(['metamigrate.yaml, line 2, flavors.db9: there is no such flavor.', 'metamigrate.yaml, line 3, flavors.postgres.colour: it has no colour.'])
  })

  test('reports broken YAML by line and reads nothing from it', () => {
    const { project, findings } = parse('name: clinic\nmodel: "unclosed\n')
    expect(project.name).toBe(null)
    expect(findings[0]).toMatchObject({ code: 'PROJECT_SYNTAX', severity: 'error' })
  })

  test('names no secret in a finding', () => {
    const { findings } = parse('connections:\n  a: { url: "postgres://me:hunter2@h/d", password: [hunter2], tag: x }')
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })
})
