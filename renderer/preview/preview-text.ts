import { previewCommand, type Preview } from '../../app/commands/preview.ts'
import type { CommandName } from '../../app/commands/plan.ts'
import type { Dialect } from '../../app/flavor/dialect.ts'
import type { ModelDocument } from '../../app/model/document.ts'
import { messageOf, MetaMigrateError } from '../../app/errors.ts'
import type { Id, Model, Table } from '../../app/model/model.ts'

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

/** The text of a command for some tables, with what it says about them. A model that cannot be rendered gives a finding instead of text. */
export function previewOf({ document, opened, dialect, command, tables, draft }: PreviewRequest): Preview {
  const lookup = (id: Id): Table | undefined => (draft?.id === id ? draft : document.table(id))
  if (tables.length === 0) return nothing
  try {
    const baseline = command === 'create' || !opened ? {} : { baseline: opened }
    return previewCommand({ command, model: document.snapshot(), tableIds: tables, dialect, lookup, ...baseline })
  } catch (error) {
    if (!(error instanceof MetaMigrateError)) throw error
    return {
      groups: [],
      steps: [],
      text: '',
      assumed: '',
      findings: [{ code: error.code, severity: 'error', path: {}, message: messageOf(error), flavor: dialect.name }],
    }
  }
}
