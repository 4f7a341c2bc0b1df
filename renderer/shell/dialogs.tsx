import { DeployDialog } from '../deploy/deploy-dialog.tsx'
import { DraftsDialog } from '../drafts/drafts-dialog.tsx'
import { Palette } from '../palette/palette.tsx'
import { OpenDialog } from '../start/open-dialog.tsx'
import { SaveDialog } from '../start/save-dialog.tsx'
import { UnsavedDialog } from '../start/unsaved-dialog.tsx'
import { useApp } from '../store/app.ts'
import { AddTarget } from '../targets/add-target.tsx'
import { TargetPassword } from '../targets/target-password.tsx'

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useApp((state) => state.view.dialog)
  switch (dialog?.kind) {
    case 'palette':
      return <Palette key={dialog.mode} mode={dialog.mode} />
    case 'open':
      return <OpenDialog />
    case 'saveAs':
      return <SaveDialog answer={dialog.answer} />
    case 'drafts':
      return <DraftsDialog />
    case 'unsaved':
      return <UnsavedDialog dialog={dialog} />
    case 'addTarget':
      return <AddTarget />
    case 'targetPassword':
      return <TargetPassword key={dialog.target} target={dialog.target} />
    case 'deploy':
      return <DeployDialog />
    case undefined:
      return null
  }
}
