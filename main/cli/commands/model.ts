import { mkdir, readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { nameClashes } from '../../../app/commands/name-clashes.ts'
import { previewCode } from '../../../app/commands/preview-code.ts'
import { previewCommand } from '../../../app/commands/preview.ts'
import { selectTables } from '../../../app/commands/selection.ts'
import { placedFinding } from '../../../app/commands/static-findings.ts'
import { MetaMigrateError } from '../../../app/errors.ts'
import { saveCsvModel } from '../../../app/exporters/csv.ts'
import { saveJsonModel } from '../../../app/exporters/json.ts'
import type { Dialect } from '../../../app/flavor/dialect.ts'
import type { Finding } from '../../../app/model/finding.ts'
import type { Model, Table } from '../../../app/model/model.ts'
import { renderType } from '../../../app/model/render-type.ts'
import { lookupOf, primaryKeyOf, shapeOf } from '../../../app/model/resolve.ts'
import type { TableLookup } from '../../../app/model/resolve.ts'
import type { IndexShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { validateModel } from '../../../app/model/validate.ts'
import { isTextModel, onDisk, writeModelAt } from '../../service/model-store.ts'
import type { Project } from '../../service/project.ts'
import { exit, UsageError } from '../exit.ts'
import { causeLines } from '../finding-causes.ts'
import type { ExitCode } from '../exit.ts'
import { chosenDialect, codeFlavors } from '../flavors.ts'
import type { FlavorOptions } from '../flavors.ts'
import type { Io } from '../io.ts'
import { selectionOf } from '../options.ts'
import type { CommonOptions, ModelOptions } from '../options.ts'
import { printJson, writeFiles, writeText } from '../output.ts'
import { isAddress, modelErrors, readFileSource, readSource } from '../source.ts'
import { count, findingLine, tellFindings, hasErrors, table } from '../text.ts'
import { chooseTarget, openWorkspace } from '../workspace.ts'

interface LoadOptions extends CommonOptions {
  readonly into: string
  readonly schema?: string
  readonly force?: boolean
}

/** Reads a model from anywhere and writes it as a model directory or CSV file. */
export async function loadModel(io: Io, [source = '']: readonly string[], options: LoadOptions): Promise<ExitCode> {
  const { model, findings } = await readAny(source, options.schema, io)
  tellFindings(findings, model, io)
  const path = resolve(io.cwd, options.into)
  const files = await writeModel(path, model, options.force === true)
  if (options.json === true) printJson(io, 'load', { path, files, tables: model.tables.length, fields: fieldsOf(model), findings })
  else io.out(`${path}: ${count(model.tables.length, 'table')}, ${count(fieldsOf(model), 'field')}\n`)
  return hasErrors(findings) ? exit.differences : exit.done
}

const fieldsOf = ({ tables }: Model): number => tables.reduce((sum, { fields }) => sum + fields.length, 0)

/** The model of a file, a directory, the sample, or a live database. */
export async function readAny(source: string, schema: string | undefined, io: Io): Promise<{ readonly model: Model; readonly findings: readonly Finding[] }> {
  return isAddress(source) ? introspected(source, schema, io) : readFileSource(source, io)
}

async function introspected(
  source: string,
  schema: string | undefined,
  io: Io,
): Promise<{ readonly model: Model; readonly findings: readonly Finding[] }> {
  const workspace = openWorkspace(io, null)
  try {
    const target = chooseTarget(source, workspace, io)
    const schemas = selectionOf(schema === undefined ? { color: false } : { color: false, schema }).schemas
    const opened = await workspace.withPassword(target, () => workspace.call('model.fromTarget', { target: target.id, ...(schemas.length === 0 ? {} : { schemas }) }))
    return { model: { ...opened.model, name: nameOf(target.url) }, findings: opened.findings }
  } finally {
    await workspace.close()
  }
}

/** What people call the database at an address: the last part of its path, without an ending. */
const nameOf = (url: string): string => decodeURIComponent(/([^/:?]+?)(?:\.[A-Za-z0-9]+)?(?:\?.*)?$/.exec(url)?.[1] ?? 'model')

/** Writes a model where there is none yet, or over one when told so. Errors: ALREADY_EXISTS. */
export async function writeModel(path: string, model: Model, force: boolean): Promise<readonly string[]> {
  const kind = isTextModel(path) ? 'single' : 'directory'
  await onDisk(path, async () => {
    if (kind === 'directory') await mkdir(path, { recursive: true })
    const taken = kind === 'directory' && (await readdir(path)).some((name) => /^(tables|fields|keys|references|indexes)\.csv$/i.test(name))
    if (taken && !force) throw new MetaMigrateError('ALREADY_EXISTS', `${path} holds a model already. Choose another place, or add --force to write over it.`, { path })
  })
  if (kind === 'single' && !force) await refuseTaken(path)
  return writeModelAt(path, model, kind)
}

async function refuseTaken(path: string): Promise<void> {
  const { existsSync } = await import('node:fs')
  if (existsSync(path)) throw new MetaMigrateError('ALREADY_EXISTS', `${path} is there already. Choose another name, or add --force to write over it.`, { path })
}

/** A live database as model JSON. */
export async function introspect(io: Io, [target = '']: readonly string[], options: CommonOptions & { readonly out: string; readonly force?: boolean; readonly schema?: string; readonly dir?: string | true }): Promise<ExitCode> {
  const { readProject } = await import('../source.ts')
  const workspace = openWorkspace(io, await readProject(options, io))
  try {
    const chosen = chooseTarget(target, workspace, io)
    const schemas = selectionOf({ color: false, ...(options.schema === undefined ? {} : { schema: options.schema }) }).schemas
    const { model } = await workspace.withPassword(chosen, () => workspace.call('model.fromTarget', { target: chosen.id, ...(schemas.length === 0 ? {} : { schemas }) }))
    await writeText(options, saveJsonModel({ ...model, name: nameOf(chosen.url) }), io)
    return exit.done
  } finally {
    await workspace.close()
  }
}

/** The model with only the selected tables, names compared as they are written. */
function selected(model: Model, options: ModelOptions): Model {
  const rules = { defaultSchema: '', identifierComparison: 'exact' } as const
  const tables = selectTables(model, selectionOf(options), rules)
  if (tables.length === 0 && model.tables.length > 0) throw new UsageError('no table of the model is selected by --schema and --table')
  return { ...model, tables }
}

/** Prints the model. */
export async function show(io: Io, _args: readonly string[], options: ModelOptions): Promise<ExitCode> {
  const source = await readSource(options, io)
  const model = selected(source.model, options)
  for (const finding of source.findings) if (finding.severity === 'error') io.say(findingLine(finding, model, io))
  if (options.json === true) io.out(saveJsonModel(model))
  else io.out(model.tables.map((one) => tableText(one, lookupOf(source.model))).join('\n'))
  return exit.done
}

function tableText(one: Table, lookup: TableLookup): string {
  const title = one.schema === '' ? one.name : `${one.schema}.${one.name}`
  const key = new Map(primaryKeyOf(one)?.fields.map((id, at) => [id, `key ${at + 1}`]))
  const rows = one.fields.map((field) => [
    `  ${field.name}`,
    renderType(field.type),
    field.nullable ? '' : 'not null',
    key.get(field.id) ?? '',
    numberingOf(field),
    field.comment.split('\n')[0] ?? '',
  ])
  const comment = one.comment === '' ? '' : `  ${one.comment.split('\n')[0] ?? ''}`
  const parts = partLines(shapeOf(one, lookup)).map((line) => `  ${line}\n`)
  return `${title}${comment}\n${table(rows).replaceAll(/ +$/gm, '')}${parts.join('')}`
}

function numberingOf({ default: value, identity, generated }: Table['fields'][number]): string {
  if (identity !== null) return 'numbered'
  if (generated !== null) return `= ${generated.expression}`
  return value === null ? '' : `default ${value}`
}

/** What a table has besides its fields and its primary key, a line each. */
function partLines({ uniques, checks, references, indexes }: TableShape): readonly string[] {
  const named = (what: string, name: string, rest: string) => `${what}${name === '' ? '' : ` ${name}`} ${rest}`
  const parent = ({ parent: { schema, name }, parentColumns }: ReferenceShape) => `${schema === '' ? '' : `${schema}.`}${name} (${parentColumns.join(', ')})`
  const part = ({ column, expression, order }: IndexShape['parts'][number]) => `${column ?? expression}${order === 'desc' ? ' desc' : ''}`
  return [
    ...uniques.map(({ name, columns }) => named('unique', name, `(${columns.join(', ')})`)),
    ...checks.map(({ name, expression }) => named('check', name, expression)),
    ...references.map((reference) => named('references', reference.name, `(${reference.columns.join(', ')}) -> ${parent(reference)}`)),
    ...indexes.map(({ name, unique, parts, predicate }) =>
      named(unique ? 'unique index' : 'index', name, `(${parts.map(part).join(', ')})${predicate === '' ? '' : ` where ${predicate}`}`),
    ),
  ]
}

/** Prints what is wrong with the model; exit 3 when something is. */
export async function validate(io: Io, _args: readonly string[], options: ModelOptions & FlavorOptions & { readonly all?: boolean }): Promise<ExitCode> {
  const source = await readSource(options, io)
  const model = selected(source.model, options)
  const own = new Set(model.tables.map(({ id }) => id))
  const isAsked = (options.flavor ?? source.project?.flavor ?? options.set) !== undefined
  const ofFlavor = isAsked ? flavorFindings(source.model, model.tables, chosenDialect(options, source.project)) : []
  const general = validateModel(source.model).filter(({ path }) => path.table === undefined || own.has(path.table))
  const findings = [...source.findings, ...general, ...ofFlavor]
  if (options.json === true) printJson(io, 'findings', { findings })
  else for (const line of causeLines(findings, source.model, io, options.all === true)) io.out(`${line}\n`)
  const bad = findings.filter(({ severity }) => severity !== 'info')
  const notes = findings.length === bad.length ? '' : `, ${count(findings.length - bad.length, 'note')}`
  io.say(bad.length === 0 ? `${count(model.tables.length, 'table')}: nothing wrong${notes}` : `${count(bad.length, 'finding')}${notes}`)
  return bad.length === 0 ? exit.done : exit.differences
}

/** What a flavor makes of the tables: each by itself, their names together, and what its code cannot say. */
function flavorFindings(whole: Model, tables: readonly Table[], dialect: Dialect): readonly Finding[] {
  const lookup = lookupOf(whole)
  // The code of a table is made with the others around it: what it cannot say, and all that a check tells, is found there.
  const own = dialect.document === null ? tables.flatMap((one) => dialect.check(shapeOf(one, lookup)).map((finding) => placedFinding(finding, one))) : previewCode({ model: whole, tables, lookup, dialect }).findings
  return [...own, ...nameClashes(tables, dialect, lookup)]
}

interface ExportOptions extends ModelOptions, FlavorOptions {
  readonly out: string
  readonly safe?: boolean
  readonly force?: boolean
}

/** Writes the model in another form. One with errors is written as far as it goes, and ends in exit 3; its text never replaces a file. */
export async function exportModel(io: Io, [form = '']: readonly string[], options: ExportOptions): Promise<ExitCode> {
  const source = await readSource(options, io)
  const { model: whole, project } = source
  const model = selected(whole, options)
  const own = new Set(model.tables.map(({ id }) => id))
  const wrong = modelErrors(source).filter(({ path }) => path.table === undefined || own.has(path.table))
  tellFindings(wrong, whole, io)
  const code = await exportAs(form, { whole, tables: model.tables, project, options, io, isWrong: wrong.length > 0 })
  return code === exit.done && wrong.length > 0 ? exit.differences : code
}

async function exportAs(form: string, { project, ...input }: Omit<TextExport, 'dialect'> & { readonly project: Project | null }): Promise<ExitCode> {
  const { whole, tables, options, io } = input
  switch (form) {
    case 'json':
      if (mayWrite(!input.isWrong, input)) await writeText(options, saveJsonModel({ ...whole, tables }), io)
      return exit.done
    case 'csv': return exportCsv({ ...whole, tables }, options, io)
    case 'ddl': return exportText({ ...input, dialect: chosenDialect(options, project) })
    default: return exportCode(form, { ...input, project })
  }
}

interface TextExport {
  readonly whole: Model
  readonly tables: readonly Table[]
  readonly dialect: Dialect
  readonly options: ExportOptions
  readonly io: Io
  /** The model has errors of its own: its text is shown, and replaces no file. */
  readonly isWrong: boolean
}

/** Whether a text may be written where `--out` says: one that is not whole goes to stdout at most. */
function mayWrite(isWhole: boolean, { options: { out }, io }: Pick<TextExport, 'options' | 'io'>): boolean {
  if (isWhole || out === '-') return true
  io.say('Nothing was written.')
  return false
}

/** The statements that make the tables, without transactions, locks and proofs: these belong to a run. */
async function exportText(input: TextExport): Promise<ExitCode> {
  const { whole, tables, dialect, options, io, isWrong } = input
  if (dialect.document !== null) throw new UsageError(`${dialect.label} writes code, not DDL: export ${dialect.name}`)
  const made = previewCommand({ command: 'create', model: whole, tableIds: tables.map(({ id }) => id), dialect })
  tellFindings(made.findings, whole, io)
  const text = dialect.script(made.steps.filter(({ phase, judge }) => phase !== 'frame' && judge.kind === 'execute'))
  if (mayWrite(!isWrong && !hasErrors(made.findings), input)) await writeText(options, text, io)
  return hasErrors(made.findings) ? exit.differences : exit.done
}

/** The files of a flavor that writes code. */
async function exportCode(form: string, input: Omit<TextExport, 'dialect'> & { readonly project: Project | null }): Promise<ExitCode> {
  const { whole, tables, project, options, io, isWrong } = input
  const known = codeFlavors()
  if (!known.includes(form)) throw new UsageError(`export takes ${['ddl', 'csv', 'json', ...known].join(', ')}, not '${form}'`)
  if (options.flavor !== undefined && options.flavor !== form) throw new UsageError(`export ${form} writes ${form}, not ${options.flavor}: leave --flavor out`)
  const dialect = chosenDialect({ ...options, flavor: form }, project)
  const { files, findings } = previewCode({ model: whole, tables, lookup: lookupOf(whole), dialect })
  tellFindings(findings, whole, io)
  if (mayWrite(!isWrong && !hasErrors(findings), input)) await writeFiles(options, files, io)
  return hasErrors(findings) ? exit.differences : exit.done
}

async function exportCsv(model: Model, { out, safe, force }: ExportOptions, io: Io): Promise<ExitCode> {
  const spreadsheetSafe = safe === true
  if (out === '-') {
    for (const { bytes } of saveCsvModel(model, { kind: 'single', spreadsheetSafe })) io.out(new TextDecoder().decode(bytes))
    return exit.done
  }
  const path = resolve(io.cwd, out)
  if (!spreadsheetSafe) await writeModel(path, model, force === true)
  else {
    if (!isTextModel(path)) throw new UsageError('--safe writes one file to hand out: name it --out FILE.csv')
    if (force !== true) await refuseTaken(path)
    const { writeWhole } = await import('../../service/atomic.ts')
    for (const { bytes } of saveCsvModel(model, { kind: 'single', spreadsheetSafe })) await writeWhole(path, bytes)
  }
  io.say(`wrote ${path}`)
  return exit.done
}
