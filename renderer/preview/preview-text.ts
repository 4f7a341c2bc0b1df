import { previewCommand, type Preview } from '../../app/commands/preview.ts'
import type { CommandName } from '../../app/commands/plan.ts'
import type { Dialect } from '../../app/flavor/dialect.ts'
import type { ModelDocument } from '../../app/model/document.ts'
import { messageOf, MetaMigrateError } from '../../app/errors.ts'
import type { Finding } from '../../app/model/finding.ts'
import type { Field, Id, Model, Table } from '../../app/model/model.ts'
import { displayName } from '../../app/model/names.ts'
import type { TableLookup } from '../../app/model/resolve.ts'

/** What the preview is made of. `draft`: a table as it is being typed, shown in place of the document's. */
export interface PreviewRequest {
  readonly document: ModelDocument
  readonly opened: Model | null
  readonly dialect: Dialect
  readonly command: CommandName
  readonly tables: readonly Id[]
  readonly draft: Table | null
}

const nothing: Preview = { groups: [], steps: [], text: '', assumed: '', findings: [] }

/** The text that creating these tables had when the model was opened: what changed lines are told by. */
export function openedText(opened: Model, baseline: ReadonlyMap<Id, Table>, dialect: Dialect, tables: readonly Id[]): string {
  const known = tables.filter((id) => baseline.has(id))
  if (known.length === 0) return ''
  try {
    return previewCommand({ command: 'create', model: opened, tableIds: known, dialect, lookup: (id) => baseline.get(id) }).text
  } catch (error) {
    if (!(error instanceof MetaMigrateError)) throw error
    return ''
  }
}

/**
 * The text of a command for some tables, with what it says about them. It is never empty because something cannot be read: a type that nobody knows stands in
 * its line as it was typed, a table that cannot be written at all is named in a comment, and `findings` says why.
 */
export function previewOf(request: PreviewRequest): Preview {
  const { document, dialect, tables, draft } = request
  if (tables.length === 0) return nothing
  const lookup = (id: Id): Table | undefined => (draft?.id === id ? draft : document.table(id))
  const first = render(request, tables, lookup)
  if (first.preview) return first.preview
  const typed = (id: Id): Table | undefined => asTyped(lookup(id), dialect)
  const second = render(request, tables, typed)
  if (second.preview) return { ...second.preview, findings: [...first.findings, ...second.preview.findings] }
  const left = tables.flatMap((id) => {
    const { preview, findings } = render(request, [id], typed)
    return preview ? [] : [{ id, findings }]
  })
  const rest = render(request, tables.filter((id) => left.every((each) => each.id !== id)), typed).preview ?? nothing
  const mark = dialect.language === 'python' ? '#' : '--'
  const comments = left.map(({ id, findings }) => `${mark} ${displayName(lookup(id) ?? { schema: '', name: '' })} is left out: ${(findings[0]?.message ?? '').replaceAll(/\s+/g, ' ')}\n`)
  const text = [...(rest.text === '' ? [] : [rest.text]), ...comments].join('\n')
  return { ...rest, text, findings: [...left.flatMap(({ findings }) => findings), ...rest.findings] }
}

/** The text of tables; null when there is none because of `findings`. */
interface Rendered {
  readonly preview: Preview | null
  readonly findings: readonly Finding[]
}

function render({ document, opened, dialect, command }: PreviewRequest, tables: readonly Id[], lookup: TableLookup): Rendered {
  if (tables.length === 0) return { preview: nothing, findings: [] }
  try {
    const baseline = command === 'create' || !opened ? {} : { baseline: opened }
    const preview = previewCommand({ command, model: document.snapshot(), tableIds: tables, dialect, lookup, ...baseline })
    const errors = preview.findings.filter(({ severity }) => severity === 'error')
    return preview.text === '' && errors.length > 0 ? { preview: null, findings: errors } : { preview, findings: [] }
  } catch (error) {
    if (!(error instanceof MetaMigrateError)) throw error
    return { preview: null, findings: [{ code: error.code, severity: 'error', path: {}, message: messageOf(error), flavor: dialect.name }] }
  }
}

/** The table with each type that this flavor cannot read as a type of its own, written as it was typed. */
function asTyped(table: Table | undefined, dialect: Dialect): Table | undefined {
  const isForeign = (field: Field) => field.type.kind === 'native' && field.type.flavor !== dialect.name
  if (!table?.fields.some(isForeign)) return table
  return {
    ...table,
    fields: table.fields.map((field) =>
      field.type.kind === 'native' && isForeign(field) ? { ...field, type: { ...field.type, flavor: dialect.name } } : field,
    ),
  }
}
