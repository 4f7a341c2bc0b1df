import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { Target } from './target.ts'

/** What writing one model gathers beside its text. */
export interface Pen {
  readonly target: Target
  /** `module:name` of what the text uses. */
  readonly imports: Set<string>
  readonly findings: Finding[]
  readonly use: (...imports: readonly string[]) => void
  readonly say: (code: string, severity: Finding['severity'], path: FindingPath, message: string) => void
}

export function penFor(target: Target): Pen {
  const imports = new Set<string>()
  const findings: Finding[] = []
  return {
    target,
    imports,
    findings,
    use: (...names) => names.forEach((name) => imports.add(name)),
    say: (code, severity, path, message) => findings.push({ code, severity, path, message, flavor: 'django' }),
  }
}
