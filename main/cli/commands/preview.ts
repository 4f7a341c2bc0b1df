import { resolve } from 'node:path'
import type { CommandName } from '../../../app/commands/plan.ts'
import { defaultOptions, previewCommand } from '../../../app/commands/preview.ts'
import { renderPlanText } from '../../../app/commands/render-plan.ts'
import { selectTables } from '../../../app/commands/selection.ts'
import type { Finding } from '../../../app/model/finding.ts'
import type { Model } from '../../../app/model/model.ts'
import { exit, UsageError } from '../exit.ts'
import type { ExitCode } from '../exit.ts'
import { chosenDialect, dialectOf } from '../flavors.ts'
import type { FlavorOptions } from '../flavors.ts'
import type { Io } from '../io.ts'
import { selectionOf } from '../options.ts'
import type { ModelOptions } from '../options.ts'
import { printJson, writeFiles, writeText } from '../output.ts'
import type { OutputFile } from '../output.ts'
import { modelErrors, readFileSource, readSource } from '../source.ts'
import type { Source } from '../source.ts'
import { tellFindings, hasErrors } from '../text.ts'
import { chooseTarget, openWorkspace } from '../workspace.ts'

const commands = ['create', 'backup', 'delete', 'restore', 'redeploy'] as const satisfies readonly CommandName[]

interface PreviewOptions extends ModelOptions, FlavorOptions {
  readonly baseline?: string
  readonly out: string
  readonly target?: string
  readonly plan?: string
  readonly force?: boolean
}

/** Prints the exact text of a command: for a target as it is now, or for an assumed one. */
export async function preview(io: Io, [word = '']: readonly string[], options: PreviewOptions): Promise<ExitCode> {
  const command = commands.find((one) => one === word)
  if (command === undefined) throw new UsageError(`preview takes ${commands.join(', ')}, not '${word}'`)
  if (options.plan !== undefined && options.target === undefined) throw new UsageError('--plan needs --target: a plan is made for one database')
  if (options.set !== undefined && options.target !== undefined) throw new UsageError('--set is for an assumed target; for a database say it in metamigrate.yaml, under flavors')
  const source = await readSource(options, io)
  return options.target === undefined ? previewAssumed({ command, source, options, io }) : previewTarget({ command, source, options, io })
}

interface Input {
  readonly command: CommandName
  readonly source: Source
  readonly options: PreviewOptions
  readonly io: Io
}

async function previewAssumed({ command, source, options, io }: Input): Promise<ExitCode> {
  const { model, project } = source
  const dialect = chosenDialect(options, project)
  const wrong = modelErrors(source)
  const tables = selectTables(model, selectionOf(options), dialect.can)
  if (tables.length === 0 && model.tables.length > 0) throw new UsageError('no table of the model is selected by --schema and --table')
  const baseline = options.baseline === undefined ? undefined : (await readFileSource(resolve(io.cwd, options.baseline), io)).model
  const made = previewCommand({ command, model, tableIds: tables.map(({ id }) => id), dialect, ...(baseline === undefined ? {} : { baseline }) })
  if (made.files === undefined) io.say(made.assumed)
  return print(made, [...wrong, ...made.findings], { model, command, flavor: dialect.name, options, io })
}

async function previewTarget({ command, source, options, io }: Input): Promise<ExitCode> {
  const { model } = source
  const wrong = modelErrors(source)
  const workspace = openWorkspace(io, source.project)
  try {
    const target = chooseTarget(options.target, workspace, io)
    const make = { target: target.id, command, model, selection: selectionOf(options), options: defaultOptions, mayBeNew: false }
    const { plan, candidates, findings } = await workspace.withPassword(target, () => workspace.call('plan.make', make))
    for (const { from, to, why } of candidates) io.say(`rename? ${from} may be ${to} now (${why}): redeploy with --rename ${from}=${to}, or --no-rename ${from}`)
    if (plan === null) return print({ text: '' }, [...wrong, ...findings], { model, command, flavor: target.flavor, options, io }, true)
    if (options.plan !== undefined) await writeText({ out: options.plan, force: options.force }, `${JSON.stringify(plan, null, 2)}\n`, io)
    return await print({ text: renderPlanText(plan, dialectOf(plan.flavor)) }, [...wrong, ...plan.findings], { model, command, flavor: plan.flavor, options, io })
  } finally {
    await workspace.close()
  }
}

interface Printing {
  readonly model: Model
  readonly command: CommandName
  readonly flavor: string
  readonly options: PreviewOptions
  readonly io: Io
}

interface Made {
  readonly text: string
  readonly files?: readonly OutputFile[]
}

async function print({ text, files }: Made, findings: readonly Finding[], { model, command, flavor, options, io }: Printing, isOpen = false): Promise<ExitCode> {
  tellFindings(findings, model, io)
  // The text of a plan that is blocked is whole; that of a model with errors, or of nothing, replaces no file.
  const isPart = hasErrors(findings) && (isOpen || text === '' || findings.some(({ code, severity }) => severity === 'error' && !/^MM\d/.test(code)))
  if (isPart && options.json !== true && options.out !== '-') {
    io.say('Nothing was written.')
    return exit.differences
  }
  if (options.json === true) printJson(io, 'preview', { command, flavor, text, ...(files === undefined ? {} : { files }), findings })
  else if (files !== undefined) await writeFiles(options, files, io)
  else if (!isOpen) await writeText(options, text, io)
  return isOpen || hasErrors(findings) ? exit.differences : exit.done
}
