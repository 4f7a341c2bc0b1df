import type { RunState } from '../../app/run/report.ts'
import type { IconName } from '../parts/icon.tsx'

interface Look {
  readonly icon: IconName
  readonly word: string
  readonly className: string
}

const looks: Readonly<Record<RunState, Look>> = {
  running: { icon: 'play', word: 'Running', className: '' },
  done: { icon: 'check', word: 'Done', className: 'ok' },
  failed: { icon: 'error', word: 'Failed', className: 'danger' },
  cancelled: { icon: 'stop', word: 'Cancelled', className: 'warn' },
  interrupted: { icon: 'warning', word: 'Interrupted', className: 'warn' },
  undone: { icon: 'undo', word: 'Undone', className: 'muted' },
}

/** How a state of a run is shown: icon, word and colour together. */
export const stateLook = (state: RunState): Look => looks[state]
