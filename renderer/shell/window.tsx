import { useEffect, useState } from 'react'
import { importFiles } from '../actions/model-actions.ts'
import { Explorer } from '../explorer/explorer.tsx'
import { PreviewPane } from '../preview/preview-pane.tsx'
import { StartScreen } from '../start/start-screen.tsx'
import { attempt, useApp, useAppHandle } from '../store/app.ts'
import { Dialogs } from './dialogs.tsx'
import { Drawer } from './drawer.tsx'
import { Notices } from './notices.tsx'
import { SheetTabs } from './sheet-tabs.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'

/** The whole window. */
export function Window() {
  const hasModel = useApp((state) => state.model.document !== null)
  const explorer = useApp((state) => state.view.explorer)
  const preview = useApp((state) => state.view.preview)
  const isStarted = useApp((state) => state.tasks.start !== null)
  const drop = useDrop()
  return (
    <div className="window" data-dropping={drop.isOver} {...drop.handlers}>
      <TopBar />
      <Notices />
      <main className="work" data-explorer={hasModel && explorer} data-preview={hasModel && preview}>
        {hasModel && explorer ? <Explorer /> : null}
        <div className="middle">
          {hasModel ? <SheetTabs /> : isStarted ? <StartScreen /> : <p className="panel-empty muted">Opening…</p>}
          {hasModel ? <Drawer /> : null}
        </div>
        {hasModel && preview ? <PreviewPane /> : null}
      </main>
      <StatusBar />
      <Dialogs />
    </div>
  )
}

/** Files dropped anywhere on the window are opened. */
function useDrop() {
  const app = useAppHandle()
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    // A file dropped beside the window's own area would replace the program by the file.
    const stop = (event: DragEvent) => event.preventDefault()
    window.addEventListener('dragover', stop)
    window.addEventListener('drop', stop)
    return () => {
      window.removeEventListener('dragover', stop)
      window.removeEventListener('drop', stop)
    }
  }, [])
  return {
    isOver,
    handlers: {
      onDragOver: (event: React.DragEvent) => setIsOver(event.dataTransfer.types.includes('Files')),
      onDragLeave: (event: React.DragEvent) => event.relatedTarget === null && setIsOver(false),
      onDrop: (event: React.DragEvent) => {
        setIsOver(false)
        const files = [...event.dataTransfer.files]
        if (files.length > 0) void attempt(app, 'Open the dropped files', () => importFiles(app, files))
      },
    },
  }
}
