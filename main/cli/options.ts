import { Command, Option } from 'commander'
import type { PlanOptions, Selection } from '../../app/commands/plan.ts'
import { readWayOut } from '../../app/commands/ways-out.ts'
import { UsageError } from './exit.ts'

/** Options that every command knows. */
export interface CommonOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly color: boolean
  readonly yes?: boolean
}

export interface ModelOptions extends CommonOptions {
  readonly dir?: string | true
  readonly schema?: string
  readonly table?: string
}

export interface TargetOptions extends ModelOptions {
  readonly target?: string
  readonly dryRun?: boolean
  readonly keepBackup?: boolean
  readonly allowLossy?: boolean
  readonly accept?: readonly string[]
  readonly strategy?: string
  readonly all?: boolean
  readonly onFail?: readonly string[]
  readonly rejects?: string
  readonly showSql?: boolean
  readonly rename?: readonly string[]
  /** Commander's name for `--no-rename A.B`, which it would otherwise read as a negation. */
  readonly drop?: readonly string[]
  /** True: every part; texts: names, each a comma list. */
  readonly dropUnmanaged?: true | readonly (string | true)[]
}

const collect = (value: string, previous: readonly string[] = []) => [...previous, value]

const collectNames = (value: string | true, previous: true | readonly (string | true)[] = []) => [...(previous === true ? [true as const] : previous), value]

export function common(command: Command): Command {
  return command
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'print results and errors only')
    .option('--verbose', 'tell more, with stacks of errors')
    .option('--no-color', 'no colours')
    .option('--yes', 'do not ask before changing a database (never accepts a loss)')
}

export function withModel(command: Command): Command {
  return common(command)
    .option('--dir [path]', 'the model: a directory of CSV files or one CSV file (default: what metamigrate.yaml says, else the current directory)')
    .option('--schema <names>', 'only tables of these schemas: NAME[,NAME], with * and ?')
    .option('--table <names>', 'only these tables: [SCHEMA.]NAME[,...], with * and ?')
}

/** Options of a command that writes text of a flavor. */
export function withFlavor(command: Command): Command {
  return withModel(command)
    .option('--flavor <name>', 'whose text: postgres, sqlite, mssql, mysql, impala, django (default: what metamigrate.yaml says)')
    .option('--set <name=value>', 'a setting of that flavor, over those of metamigrate.yaml: --set quoting=needed (repeatable)', collect)
}

/** Options of a command that changes a database. */
export function withTarget(command: Command): Command {
  return withModel(command)
    .option('--target <name|url>', 'the database: a connection of metamigrate.yaml, or sqlite:PATH, postgres://USER@HOST/DATABASE')
    .option('--dry-run', 'print exactly what would run, and run nothing')
    .option('--show-sql', 'show the statements before the question')
    .option('--accept <codes>', 'accept these losses: CODE or CODE:SCHEMA.TABLE[.FIELD], several with commas (repeatable)', collect)
    .option('--allow-lossy', 'accept every loss that the plan names')
}

export function withRedeploy(command: Command): Command {
  return withTarget(command)
    .addOption(new Option('--strategy <name>', 'how tables are replaced').choices(['transaction', 'swap', 'copy']))
    .option('--keep-backup', 'keep the old tables as backups until they are dropped by hand')
    .option('--no-keep-backup', 'drop the backups once everything is verified')
    .option('--all', 'rebuild the tables that the model did not change as well')
    .option('--on-fail <field=way>', 'what becomes of values that SCHEMA.TABLE.FIELD cannot hold: null, default, reject, or sql:EXPRESSION (repeatable)', collect)
    .option('--rejects <dir>', 'where reject files go (default: the project, else the current directory)')
    .option('--rename <from=to>', 'confirm a rename: SCHEMA.TABLE.COLUMN=SCHEMA.TABLE.COLUMN (repeatable)', collect)
    .option('--drop-unmanaged [names]', 'drop what only the database has: every part of the selected tables, or NAME[,NAME]: index pay_amt, shop.payment.pay_amt, table shop.product (repeatable)', collectNames)
    .option('--drop <name>', 'deny a rename (also --no-rename NAME): NAME is dropped, not renamed (repeatable)', collect)
}

const list = (text: string | undefined): readonly string[] => (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')

export const selectionOf = ({ schema, table }: ModelOptions): Selection => ({ schemas: list(schema), tables: list(table) })

export function planOptionsOf(options: TargetOptions): PlanOptions {
  const confirmed = (options.rename ?? []).map((pair) => {
    const at = pair.indexOf('=')
    if (at <= 0 || at === pair.length - 1) throw new UsageError(`--rename takes FROM=TO (schema.table.column=schema.table.column), not '${pair}'`)
    return { from: pair.slice(0, at), to: pair.slice(at + 1) }
  })
  const denied = (options.drop ?? []).map((from) => ({ from, to: null }))
  const strategy = options.strategy === 'transaction' || options.strategy === 'swap' || options.strategy === 'copy' ? options.strategy : null
  return {
    allowLossy: options.allowLossy === true,
    accept: (options.accept ?? []).flatMap(acceptWords),
    keepBackup: options.keepBackup ?? null,
    strategy,
    includeUnchanged: options.all === true,
    renames: [...confirmed, ...denied],
    ...(options.dropUnmanaged === undefined ? {} : { dropUnmanaged: dropsOf(options.dropUnmanaged) }),
    ...(options.onFail === undefined ? {} : { onFail: options.onFail.map(waysOut) }),
  }
}

/** `*` is the core's word for every part: the bare option, never a name that a person writes. */
function dropsOf(given: true | readonly (string | true)[]): readonly string[] {
  if (given === true) return ['*']
  // A check without a name is named by its expression, which may hold commas.
  const parts = (value: string) => value.match(/(?:[^,('"]|'[^']*'|"[^"]*"|\((?:[^()]|\([^()]*\))*\)|[('"])+/g) ?? []
  return given.flatMap((value) => (value === true ? ['*'] : parts(value).map((part) => part.trim()).filter((part) => part !== '')))
}

/** `MM101,MM103:shop.item.old`: a comma ends an answer only where another code follows, since a name may hold one. */
const acceptWords = (text: string): readonly string[] => text.split(/,(?=\s*[A-Z][A-Z_]+\d*\s*(?:[:,]|$)|\s*$)/).map((word) => word.trim()).filter((word) => word !== '')

function waysOut(text: string): NonNullable<PlanOptions['onFail']>[number] {
  // An expression may hold `=`: the way begins behind the first one that a way follows.
  const [, field = '', way = ''] = /^(.+?)=((?:null|default|reject)$|sql:.+$)/s.exec(text) ?? []
  const read = readWayOut(way)
  if (field === '' || read === null) throw new UsageError(`--on-fail takes SCHEMA.TABLE.FIELD=null, =default, =reject or =sql:EXPRESSION, not '${text}'`)
  return { field, way: read }
}

/** `--no-rename X` is spelled as people expect it and read as `--drop X`: commander would take it for the negation of --rename. */
export const spellNoRename = (args: readonly string[]): string[] => args.map((arg) => (arg === '--no-rename' ? '--drop' : arg.startsWith('--no-rename=') ? `--drop=${arg.slice('--no-rename='.length)}` : arg))
