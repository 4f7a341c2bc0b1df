import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { CommandName } from '../../app/commands/plan.ts'
import type { Preview } from '../../app/commands/preview.ts'
import type { Id } from '../../app/model/model.ts'
import { Icon } from '../parts/icon.tsx'
import { groupFindings } from '../parts/finding-groups.ts'
import { SeverityMark } from '../parts/finding-line.tsx'
import { reveal } from '../problems/walk.ts'
import { attempt, setView, showToast, useApp, useAppHandle } from '../store/app.ts'
import { tableOf } from '../store/edits.ts'
import { dialects, shownFlavor } from '../store/flavors.ts'
import { FlavorSettings } from './flavor-settings.tsx'
import { changedLines, fieldOfLine, linesOfField } from './lines.ts'
import { openedText, previewOf } from './preview-text.ts'
import { fieldOfLineInPython, linesOfFieldInPython } from './python-lines.ts'
import { saveText } from './save-text.ts'
import { zipOf } from './zip.ts'
import { SqlText } from './sql-text.tsx'

const commands: readonly { readonly name: CommandName; readonly label: string }[] = [
  { name: 'create', label: 'Create' },
  { name: 'backup', label: 'Backup' },
  { name: 'delete', label: 'Delete' },
  { name: 'restore', label: 'Restore' },
  { name: 'redeploy', label: 'Redeploy' },
]
/** More tables than this at once would be text that nobody reads and every key press pays for. */
const mostTables = 20

/** The SQL of the shown tables, as it is typed: flavor by command. Never executes. */
export function PreviewPane() {
  const app = useAppHandle()
  const flavor = useApp((state) => state.view.flavor)
  const { command, preview, file, files, tables, marks, title, subject, language, everything } = usePreview()
  const isCode = language === 'python'

  function onLine(line: number): void {
    const shown = tables.flatMap((id) => tableOf(app, id) ?? [])
    const place = (language === 'python' ? fieldOfLineInPython : fieldOfLine)(file.text, line, shown)
    if (place) reveal(app, 'fields', place.table, place.field)
  }

  return (
    <section className="preview" aria-label="Preview">
      <div className="preview-bar">
        <Choice
          label="Flavor"
          value={flavor}
          options={dialects.map((dialect) => ({ name: dialect.name, label: dialect.label }))}
          onChange={(name) => setView(app, { flavor: name })}
        />
        <span className="preview-tools">
          <button
            type="button"
            className="button quiet icon-only"
            aria-label="Copy the SQL"
            title={`Copy the text of ${everything.title}`}
            onClick={() =>
              void attempt(
                app,
                'Copy the SQL',
                async () => {
                  const all = everything.files()
                  await navigator.clipboard.writeText(all.length > 1 ? file.text : (all[0]?.text ?? ''))
                  showToast(app, all.length > 1 ? `Copied ${file.path}, one of ${all.length} files. Save gives them all.` : `Copied ${isCode ? 'the code' : 'the SQL'} of ${everything.title}`)
                },
              )
            }
          >
            <Icon name="copy" />
          </button>
          <button
            type="button"
            className="button quiet icon-only"
            aria-label="Save the SQL as a file"
            title={`Save the text of ${everything.title}`}
            onClick={() => {
              const all = everything.files()
              const [only] = all
              if (all.length > 1) saveText(`${everything.name}.zip`, zipOf(all))
              else if (only) saveText(only.path, only.text)
            }}
          >
            <Icon name="save" />
          </button>
        </span>
      </div>
      <div className="preview-bar">
        <Choice
          label="Command"
          value={command}
          options={language === 'sql' ? commands : commands.slice(0, 1)}
          onChange={(name) => setView(app, { command: commands.find((each) => each.name === name)?.name ?? 'create' })}
        />
      </div>
      <FlavorSettings />
      {files.length > 1 ? (
        <div className="preview-bar">
          <Choice
            label="File"
            value={file.path}
            options={files.map(({ path }) => ({ name: path, label: path }))}
            onChange={(path) => setView(app, { file: path })}
          />
        </div>
      ) : null}
      <p className="preview-note muted truncate" title={preview.assumed}>
        <b className="preview-title">{title}</b> {preview.assumed}
      </p>
      {preview.findings.length > 0 ? (
        <ul className="preview-findings" aria-label="Findings of the preview" tabIndex={0}>
          {groupFindings(preview.findings)
            .slice(0, 20)
            .map((finding) => (
              <li key={finding.code + finding.message} className="finding-line">
                <SeverityMark severity={finding.severity} />
                <span>
                  {finding.message}
                  {finding.count > 1 ? <b className="muted"> {finding.count} times</b> : null}
                </span>
              </li>
            ))}
        </ul>
      ) : null}
      <SqlText
        text={file.text}
        marks={marks}
        flavor={flavor}
        language={language}
        onLine={onLine}
        subject={subject}
        label="SQL"
        placeholder={preview.findings.length > 0 ? '' : 'Nothing to do.'}
      />
    </section>
  )
}

const none: readonly Id[] = []
const emptyPreview: Preview = { groups: [], steps: [], text: '', findings: [], assumed: '' }

function usePreview() {
  const app = useAppHandle()
  const document = useApp((state) => state.model.document)
  const opened = useApp((state) => state.model.opened)
  const baseline = useApp((state) => state.model.baseline)
  const edits = useApp((state) => state.model.edits)
  const chosen = useApp((state) => state.view.tables)
  const focus = useApp((state) => state.view.focus)
  const flavor = useApp((state) => state.view.flavor)
  const chosenCommand = useApp((state) => state.view.command)
  const draft = useStore(app.draft, (state) => state.table)
  const settings = useApp((state) => state.view.settings)
  const { dialect } = shownFlavor({ flavor, settings })
  // Code says what the tables are; how they come to be is the framework's own affair.
  const command: CommandName = dialect?.language === 'python' ? 'create' : chosenCommand
  const order = document?.order ?? none
  const focused = focus.table ?? order[0] ?? null
  const tables = useMemo(() => {
    const whole = chosen.length > 0 ? chosen : order
    return whole.length <= mostTables ? whole : focused === null ? [] : [focused]
  }, [chosen, order, focused])
  const whole = chosen.length > 0 ? chosen.filter((id) => document?.table(id)) : order
  const preview = useMemo(
    () =>
      document && dialect && edits >= 0
        ? previewOf({ document, opened, dialect, command, tables: tables.filter((id) => document.table(id)), draft })
        : emptyPreview,
    [document, opened, dialect, command, tables, draft, edits],
  )
  const wanted = useApp((state) => state.view.file)
  const files = preview.files ?? [{ path: '', text: preview.text }]
  const file = files.find(({ path }) => path === wanted) ?? files[0] ?? { path: '', text: '' }
  const before = useMemo(
    () => (opened && dialect && command === 'create' ? openedText(opened, baseline, dialect, tables) : null),
    [opened, baseline, dialect, command, tables],
  )
  const table = focused === null ? undefined : draft?.id === focused ? draft : document?.table(focused)
  const field = table?.fields.find((each) => each.id === focus.part)
  const marks = useMemo(
    () => ({
      changed: before === null || files.length > 1 ? [] : changedLines(before, file.text),
      marked:
        table && field ? (dialect?.language === 'python' ? linesOfFieldInPython : linesOfField)(file.text, table.name, field.name) : [],
    }),
    [before, files.length, file.text, table, field, dialect],
  )
  const titleOf = (ids: readonly Id[]) => (ids.length === 1 ? (document?.table(ids[0] ?? '')?.name ?? '') : `${ids.length} tables`)
  // What Copy and Save give is what the head says, however much of it is drawn.
  const title = tables.length < whole.length ? `${titleOf(tables)}, one of ${whole.length} tables: Copy and Save give them all.` : titleOf(tables)
  const nameOf = (ids: readonly Id[]) => `${titleOf(ids).replaceAll(/\W+/g, '_')}.${command}`
  const everything = {
    title: titleOf(whole),
    name: nameOf(whole),
    files: () => {
      const all = tables.length === whole.length || !document || !dialect ? preview : previewOf({ document, opened, dialect, command, tables: whole, draft })
      return (all.files ?? [{ path: '', text: all.text }]).map(({ path, text }) => ({ path: path === '' ? `${nameOf(whole)}.sql` : path, text }))
    },
  }
  return {
    command,
    preview,
    file: { ...file, path: file.path === '' ? `${nameOf(tables)}.sql` : file.path },
    everything,
    files,
    tables,
    marks,
    title,
    subject: `${focused} ${focus.part}`,
    language: dialect?.language ?? 'sql',
  }
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly name: string; readonly label: string }[]
  readonly onChange: (name: string) => void
}

/** One of a few, as a row of radio buttons: arrows choose. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <fieldset className="choice">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.name} className="choice-item">
          <input type="radio" name={label} value={option.name} checked={option.name === value} onChange={() => onChange(option.name)} />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
