import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'
import { Icon } from './icon.tsx'

interface DialogFrameProps {
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly width?: 'narrow' | 'wide'
  readonly onClose: () => void
  readonly footer?: ReactNode
  /** What has the focus first. Default: the first thing inside. */
  readonly initialFocus?: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** A modal dialog with a title, a body that scrolls, and buttons below. Esc closes it. */
export function DialogFrame({ title, description, width = 'narrow', onClose, footer, initialFocus, children }: DialogFrameProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className={`dialog ${width}`} {...(initialFocus ? { initialFocus } : {})}>
          <div className="dialog-head">
            <div className="truncate">
              <Dialog.Title className="dialog-title">{title}</Dialog.Title>
              {description ? <Dialog.Description className="muted">{description}</Dialog.Description> : null}
            </div>
          </div>
          <div className="dialog-body">{children}</div>
          {footer ? <div className="dialog-foot">{footer}</div> : null}
          <Dialog.Close className="button quiet icon-only dialog-close" aria-label="Close">
            <Icon name="close" />
          </Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
