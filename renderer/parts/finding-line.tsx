import type { Severity } from '../../app/model/finding.ts'
import { Icon, type IconName } from './icon.tsx'

const looks: Readonly<Record<Severity, { readonly icon: IconName; readonly word: string; readonly className: string }>> = {
  error: { icon: 'error', word: 'Error', className: 'danger' },
  warning: { icon: 'warning', word: 'Warning', className: 'warn' },
  info: { icon: 'info', word: 'Note', className: 'muted' },
}

/** How bad it is, as an icon with a word for screen readers. */
export function SeverityMark({ severity }: { readonly severity: Severity }) {
  const look = looks[severity]
  return (
    <span className={`severity ${look.className}`}>
      <Icon name={look.icon} />
      <span className="visually-hidden">{look.word}: </span>
    </span>
  )
}
