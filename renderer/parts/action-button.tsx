import type { ReactNode } from 'react'
import { runAction, whyDisabled } from '../actions/action.ts'
import { actionOf } from '../actions/actions.ts'
import { isMac } from '../actions/platform.ts'
import { ariaShortcut, renderShortcut } from '../actions/shortcut.ts'
import { useApp, useAppHandle } from '../store/app.ts'
import { Icon, type IconName } from './icon.tsx'

interface ActionButtonProps {
  readonly id: string
  readonly icon?: IconName
  /** Shown instead of the action's title. */
  readonly label?: ReactNode
  readonly isIconOnly?: boolean
  readonly className?: string
  readonly isPressed?: boolean
}

/** A button for one action of the list; while it cannot be done it says why. */
export function ActionButton({ id, icon, label, isIconOnly = false, className = 'quiet', isPressed }: ActionButtonProps) {
  const app = useAppHandle()
  const action = actionOf(id)
  const reason = useApp((state) => (action ? whyDisabled(action, state) : null))
  if (!action) return null
  const shortcut = action.shortcuts?.[0]
  const keys = shortcut ? ` (${renderShortcut(shortcut, isMac)})` : ''
  return (
    <button
      type="button"
      className={`button ${className} ${isIconOnly ? 'icon-only' : ''}`}
      aria-disabled={reason !== null}
      aria-pressed={isPressed}
      aria-label={isIconOnly ? action.title : undefined}
      aria-keyshortcuts={shortcut ? ariaShortcut(shortcut, isMac) : undefined}
      title={reason ?? `${action.title}${keys}`}
      onClick={() => runAction(app, action)}
    >
      {icon ? <Icon name={icon} /> : null}
      {isIconOnly ? null : (label ?? action.title)}
    </button>
  )
}
