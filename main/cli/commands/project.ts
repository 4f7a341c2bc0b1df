import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { MetaMigrateError } from '../../../app/errors.ts'
import type { Model } from '../../../app/model/model.ts'
import { version } from '../../version.ts'
import { writeWhole } from '../../service/atomic.ts'
import { onDisk } from '../../service/model-store.ts'
import { dataFolder } from '../../service/paths.ts'
import { projectFileName } from '../../service/project.ts'
import { exit, UsageError } from '../exit.ts'
import type { ExitCode } from '../exit.ts'
import type { Io } from '../io.ts'
import type { CommonOptions, ModelOptions } from '../options.ts'
import { printJson } from '../output.ts'
import { isAddress, readProject } from '../source.ts'
import { count, tellFindings, hasErrors, table } from '../text.ts'
import { openWorkspace } from '../workspace.ts'
import { readAny, writeModel } from './model.ts'

const emptyModel: Model = { name: 'model', tables: [] }

/** Makes a project: metamigrate.yaml and a model directory. Nothing that is there is written over. */
export async function init(io: Io, [dir = '.']: readonly string[], options: CommonOptions & { readonly from?: string }): Promise<ExitCode> {
  const folder = resolve(io.cwd, dir)
  const file = join(folder, projectFileName)
  if (existsSync(file)) throw new MetaMigrateError('ALREADY_EXISTS', `${file} is there already: this is a project. Choose another directory.`, { path: file })
  const { model, findings } = options.from === undefined ? { model: emptyModel, findings: [] } : await readAny(options.from, undefined, io)
  tellFindings(findings, model, io)
  await onDisk(folder, () => mkdir(folder, { recursive: true }))
  await writeModel(join(folder, 'model'), model, false)
  await onDisk(file, () => writeWhole(file, projectText(basename(folder), flavorOf(options.from))))
  if (options.json === true) printJson(io, 'init', { path: folder, tables: model.tables.length })
  else io.out(`${folder}: ${projectFileName}, model/ with ${count(model.tables.length, 'table')}\n`)
  const change = relative(io.cwd, folder)
  io.say(`next: ${change === '' ? '' : `cd ${change} && `}metamigrate open   (or: metamigrate redeploy --target dev)`)
  return hasErrors(findings) ? exit.differences : exit.done
}

const flavorOf = (from: string | undefined): string => (from !== undefined && isAddress(from) && /^postgres/i.test(from) ? 'postgres' : 'sqlite')

const projectText = (name: string, flavor: string): string => `name: ${JSON.stringify(name)}
model: model/
flavor: ${flavor}
connections:
  dev: { url: "sqlite:./dev.db", tag: development }
  # prod: { url: "postgres://app@db.example/clinic", password: "\${CLINIC_PW}", tag: production, policy: confirm }
`

/** The effective configuration, without secrets. */
export async function config(io: Io, [what = '']: readonly string[], options: ModelOptions): Promise<ExitCode> {
  if (what !== 'show') throw new UsageError(`config takes show, not '${what}'`)
  const project = await readProject(options, io)
  const workspace = openWorkspace(io, project)
  try {
    const targets = await workspace.call('target.list', {})
    const settings = { version, project: project?.folder ?? null, model: project?.modelPath ?? null, flavor: project?.flavor ?? null, data: dataFolder(io.env) }
    const choices = Object.entries(project?.flavors ?? {}).flatMap(([name, values]) => Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]))
    if (options.json === true) printJson(io, 'config', { ...settings, flavors: project?.flavors ?? {}, connections: targets })
    else {
      io.out(table([...Object.entries(settings).map(([key, value]) => [key, value ?? '-']), ...choices]))
      const rows = targets.map(({ id, name, url, tag, policy, origin, needsPassword }) => [origin === 'sample' ? id : name, url, tag, policy, origin, needsPassword ? 'password missing' : ''])
      io.out(`\n${table([['connection', 'address', 'tag', 'policy', 'from', ''], ...rows]).replaceAll(/ +$/gm, '')}`)
    }
    return exit.done
  } finally {
    await workspace.close()
  }
}
