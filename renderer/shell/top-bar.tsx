import { ActionButton } from '../parts/action-button.tsx'
import { ActionMenu } from '../parts/action-menu.tsx'
import { Icon } from '../parts/icon.tsx'
import { useApp } from '../store/app.ts'
import { TargetPicker } from '../targets/target-picker.tsx'

const mainMenu = [
  ['model.open', 'model.sample', 'model.fromTarget'],
  ['model.save', 'model.saveAs', 'model.drafts'],
  ['table.add', 'table.delete'],
  ['view.explorer', 'view.preview', 'view.drawer', 'view.columns'],
  ['view.theme.system', 'view.theme.light', 'view.theme.dark', 'view.contrast'],
  ['go.command'],
]

/** Model, undo, search, target and deploy. */
export function TopBar() {
  return (
    <header className="top-bar">
      <ActionMenu label="Main menu" className="button quiet icon-only" trigger={<Icon name="menu" />} groups={mainMenu} />
      <ModelName />
      <ActionButton id="edit.undo" icon="undo" isIconOnly />
      <ActionButton id="edit.redo" icon="redo" isIconOnly />
      <ActionButton id="model.save" icon="save" isIconOnly />
      <ActionButton id="go.object" icon="search" className="search-button" label="Go to table or field" />
      <div className="top-bar-end">
        <TargetPicker />
        <div className="split-button">
          <ActionButton id="deploy.redeploy" className="primary" label="Redeploy" />
          <ActionMenu
            label="Other commands"
            className="button primary icon-only"
            trigger={<Icon name="chevron" />}
            groups={[['deploy.create', 'deploy.backup', 'deploy.delete', 'deploy.restore']]}
          />
        </div>
      </div>
    </header>
  )
}

function ModelName() {
  const title = useApp((state) => state.model.title)
  const location = useApp((state) => state.model.location)
  const isDirty = useApp((state) => state.model.isDirty)
  return (
    <h1 className="model-name truncate" title={location}>
      {title || 'MetaMigrate'}
      {isDirty ? (
        <span className="dirty" title="Not saved">
          <span className="visually-hidden">, not saved</span>
        </span>
      ) : null}
    </h1>
  )
}
