import { Menu } from '@base-ui/react/menu'
import { useRef } from 'react'
import { Icon } from '../parts/icon.tsx'
import { setTasks, setView, useApp, useAppHandle } from '../store/app.ts'
import { chooseTarget } from './targets.ts'

/** Which database the deploy commands speak to. */
export function TargetPicker() {
  const app = useAppHandle()
  const targets = useApp((state) => state.tasks.targets)
  const chosen = useApp((state) => state.tasks.targets.find((target) => target.id === state.tasks.target))
  const layer = useRef<HTMLSpanElement>(null)
  return (
    <Menu.Root>
      <span ref={layer} className="layer" />
      <Menu.Trigger className="button target-button">
        <Icon name="database" />
        <span className="visually-hidden">Target: </span>
        <span className="truncate">{chosen?.name ?? 'No target'}</span>
        {chosen ? <span className={`tag ${chosen.tag}`}>{chosen.tag}</span> : null}
        <Icon name="chevron" />
      </Menu.Trigger>
      <Menu.Portal container={layer}>
        <Menu.Positioner className="positioner" sideOffset={4} align="end">
          <Menu.Popup className="menu" aria-label="Targets">
            <Menu.RadioGroup value={chosen?.id ?? ''} onValueChange={(id: string) => chooseTarget(app, id)}>
              {targets.map((target) => (
                <Menu.RadioItem key={target.id} value={target.id} className="menu-item" closeOnClick>
                  <span className="menu-check">
                    <Menu.RadioItemIndicator>
                      <Icon name="check" />
                    </Menu.RadioItemIndicator>
                  </span>
                  <span className="target-line">
                    <span>{target.name}</span>
                    <span className="muted mono truncate">{target.url}</span>
                  </span>
                  <span className={`tag ${target.tag}`}>{target.tag}</span>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            {targets.length > 0 ? <Menu.Separator className="menu-line" /> : null}
            {chosen ? (
              <Menu.Item
                className="menu-item"
                onClick={() => {
                  setTasks(app, { target: chosen.id })
                  setView(app, { dialog: { kind: 'targetPassword', target: chosen.id } })
                }}
              >
                Give a password…
              </Menu.Item>
            ) : null}
            <Menu.Item className="menu-item" onClick={() => setView(app, { dialog: { kind: 'addTarget' } })}>
              Connect a database…
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
