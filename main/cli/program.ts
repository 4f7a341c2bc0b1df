import { Command, CommanderError } from 'commander'
import { exit, type ExitCode } from './exit.ts'
import { processIo, type Io, type IoOptions } from './io.ts'
import { common, spellNoRename, withFlavor, withModel, withRedeploy, withTarget, type CommonOptions } from './options.ts'
import { version } from '../version.ts'

/** What a command is called with: where to talk, then its words and options. */
type Action = (io: Io, args: readonly string[], options: never) => Promise<ExitCode>

// Each command's code is loaded when it is called: `--help` must not wait for a database driver.
const load = {
  project: () => import('./commands/project.ts'),
  model: () => import('./commands/model.ts'),
  preview: () => import('./commands/preview.ts'),
  deploy: () => import('./commands/deploy.ts'),
  runs: () => import('./commands/runs.ts'),
  backups: () => import('./commands/backups.ts'),
  serve: () => import('./commands/serve.ts'),
  completion: () => import('./commands/completion.ts'),
}

interface Outcome {
  code: ExitCode
}

/** Where commands talk and print, by what each was called with: the process's own streams, or those of a test. */
export type IoFor = (options: IoOptions) => Io

/** Help and usage errors go where the commands talk. */
function outputOf(ioFor: IoFor) {
  const io = () => ioFor({ quiet: false, verbose: false, color: true })
  return { writeOut: (text: string) => io().out(text), writeErr: (text: string) => io().complain(text.replace(/\n$/, '')) }
}

/** The whole command line as commander sees it. `outcome` receives the exit code. */
export function buildProgram(outcome: Outcome, ioFor: IoFor = processIo): Command {
  const program = new Command('metamigrate')
    .description('Design a schema as a sheet, see the exact SQL, redeploy with every row kept.')
    .version(version, '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows the options)')
    .configureOutput(outputOf(ioFor))
    .exitOverride()
  const act = (command: Command, find: () => Promise<Action>) => {
    command.action(async (...given: unknown[]) => {
      // commander gives the words, then the options, then the command itself.
      const options = given.at(-2) as CommonOptions
      const words = given.slice(0, -2).flat().filter((word) => typeof word === 'string')
      const io = ioFor({ quiet: options.quiet === true, verbose: options.verbose === true, color: options.color })
      try {
        const action = await find()
        outcome.code = await action(io, words, options as never)
      } catch (error) {
        const { reportError } = await import('./report-error.ts')
        outcome.code = reportError(error, io, options.json === true)
      }
    })
  }
  addProject(program, act)
  addDeploy(program, act)
  addRuns(program, act)
  return program
}

type Act = (command: Command, find: () => Promise<Action>) => void

function addProject(program: Command, act: Act): void {
  act(common(program.command('init').description('make a project: metamigrate.yaml and a model directory').argument('[dir]', 'the new project', '.'))
    .option('--from <source>', "model to begin with: a source, or 'sample'"), async () => (await load.project()).init)
  act(common(program.command('open').description('open the designer').argument('[dir]', 'project, model directory or CSV file')), async () => (await load.serve()).open)
  act(common(program.command('serve').description('serve the designer on loopback for a browser').argument('[dir]', 'project, model directory or CSV file'))
    .option('--port <number>', 'port on 127.0.0.1 (default: a free one)').option('--no-open', 'do not open a browser'), async () => (await load.serve()).serve)
  act(common(program.command('load').description('read a model from a source and write it as a model directory').argument('<source>', 'CSV file or directory, model JSON, or a database address'))
    .option('--into <path>', 'directory or .csv file to write', 'model').option('--schema <names>', 'only these schemas of a database').option('--force', 'overwrite a model that is there'), async () => (await load.model()).loadModel)
  act(common(program.command('introspect').description('a live database as model JSON').argument('<target>', 'connection name or address'))
    .option('--out <file>', "file to write, '-' for stdout", '-').option('--force', 'overwrite what is there').option('--schema <names>', 'only these schemas'), async () => (await load.model()).introspect)
  act(withModel(program.command('show').description('print the model')), async () => (await load.model()).show)
  act(withFlavor(program.command('validate').description('print what is wrong with the model; exit 3 when something is')).option('--all', 'every finding on a line of its own'), async () => (await load.model()).validate)
  act(withFlavor(program.command('export').description('write the model in another form').argument('<format>', 'ddl, csv, json, or django'))
    .option('--out <path>', "file or directory to write, '-' for stdout", '-').option('--safe', 'csv: escape cells that a spreadsheet would run as formulas').option('--force', 'overwrite what is there'), async () => (await load.model()).exportModel)
  act(common(program.command('config').description('the effective configuration, without secrets').argument('<what>', 'show')).option('--dir [path]', 'the project'), async () => (await load.project()).config)
  act(common(program.command('completion').description('shell completion script').argument('<shell>', 'bash, zsh or fish')), async () => {
    const { completion } = await load.completion()
    return (io, args) => completion(io, args, program)
  })
}

function addDeploy(program: Command, act: Act): void {
  act(withFlavor(program.command('preview').description('the exact text of a command, without a target').argument('<command>', 'create, backup, delete, restore or redeploy'))
    .option('--baseline <source>', 'what the target is assumed to hold').option('--out <path>', "file to write (a directory where there are several), '-' for stdout", '-')
    .option('--target <name|url>', 'make the plan for this target instead of an assumed one').option('--plan <file>', 'also write the plan as JSON (needs --target)').option('--force', 'overwrite what is there'), async () => (await load.preview()).preview)
  const texts: readonly (readonly ['create' | 'backup' | 'delete' | 'restore', string])[] = [
    ['create', 'create the tables that the target lacks'], ['backup', 'copy tables to backups beside them'],
    ['delete', 'drop the tables of the model (kept as backups)'], ['restore', 'bring rows back from the newest backup'],
  ]
  for (const [name, text] of texts) act(withTarget(program.command(name).description(text)), async () => (await load.deploy()).deployCommand(name))
  act(withRedeploy(program.command('redeploy').description('replace changed tables with the rows kept: backup, delete, create, restore')), async () => (await load.deploy()).deployCommand('redeploy'))
}

function addRuns(program: Command, act: Act): void {
  const target = (command: Command) => common(command).option('--target <name|url>', 'the database: its own records are read (default: those of the project at hand)').option('--dir [path]', 'the project')
  const dryRun = (command: Command) => command.option('--dry-run', 'print exactly what would run, and run nothing')
  act(target(program.command('runs').description('what ran, newest first')), async () => (await load.runs()).runs)
  act(dryRun(target(program.command('resume').description('finish an interrupted run').argument('[run]', 'the newest that can be resumed'))), async () => (await load.runs()).resume)
  act(dryRun(target(program.command('undo').description('take a run back').argument('[run]', 'the newest that can be undone'))).option('--accept-loss', 'rows written since the run may leave the table (they are copied aside first)'), async () => (await load.runs()).undo)
  act(target(program.command('receipt').description('what a run did, with the proof').argument('<run>', 'id of the run')), async () => (await load.runs()).receipt)
  act(target(program.command('backups').description('every copy that MetaMigrate keeps in a database, and what it is the only copy of')), async () => (await load.backups()).backups)
  act(dryRun(target(program.command('drop-backups').description('drop the backups that runs kept; they cannot be undone after that').argument('[run...]', 'ids of runs')))
    .option('--older-than <age>', 'those of every ended run that are older: 30d, 12h').option('--accept <codes>', 'MM104: they may be the only copy of something'), async () => (await load.backups()).dropBackups)
}

/** Runs the command line and gives its exit code. */
export async function runCli(args: readonly string[], ioFor: IoFor = processIo): Promise<ExitCode> {
  const outcome: Outcome = { code: exit.done }
  try {
    await buildProgram(outcome, ioFor).parseAsync(spellNoRename(args), { from: 'user' })
    return outcome.code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? exit.done : exit.usage
  }
}
