import { Menu } from '@base-ui/react/menu'
import { Fragment, useRef, type ReactNode } from 'react'
import { runAction, whyDisabled } from '../actions/action.ts'
import { actionOf } from '../actions/actions.ts'
import { isMac } from '../actions/platform.ts'
import { renderShortcut } from '../actions/shortcut.ts'
import { useApp, useAppHandle } from '../store/app.ts'

interface ActionMenuProps {
  readonly label: string
  readonly className: string
  readonly trigger: ReactNode
  /** Ids of actions, in groups. */
  readonly groups: readonly (readonly string[])[]
}

/** A menu drawn from the list of actions. */
export function ActionMenu({ label, className, trigger, groups }: ActionMenuProps) {
  const layer = useRef<HTMLSpanElement>(null)
  return (
    <Menu.Root>
      <span ref={layer} className="layer" />
      <Menu.Trigger className={className} aria-label={label} title={label}>
        {trigger}
      </Menu.Trigger>
      <Menu.Portal container={layer}>
        <Menu.Positioner className="positioner" sideOffset={4} align="end">
          <Menu.Popup className="menu" aria-label={label}>
            {groups.map((group, at) => (
              <Fragment key={group[0]}>
                {at > 0 ? <Menu.Separator className="menu-line" /> : null}
                {group.map((id) => (
                  <ActionItem key={id} id={id} />
                ))}
              </Fragment>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function ActionItem({ id }: { readonly id: string }) {
  const app = useAppHandle()
  const action = actionOf(id)
  const reason = useApp((state) => (action ? whyDisabled(action, state) : null))
  if (!action) return null
  return (
    <Menu.Item className="menu-item" disabled={reason !== null} title={reason ?? undefined} onClick={() => runAction(app, action)}>
      <span>{action.title}</span>
      {action.shortcuts?.[0] ? <kbd>{renderShortcut(action.shortcuts[0], isMac)}</kbd> : null}
    </Menu.Item>
  )
}
