import type { Command } from 'commander'
import { exit, UsageError, type ExitCode } from '../exit.ts'
import type { Io } from '../io.ts'

/** Prints the completion script of a shell, made from the command line's own description. */
export function completion(io: Io, [shell = '']: readonly string[], program: Command): Promise<ExitCode> {
  const write = writers[shell]
  if (!Object.hasOwn(writers, shell) || write === undefined) throw new UsageError(`completion takes bash, zsh or fish, not '${shell}'`)
  io.out(write(program.commands.map((command) => ({ name: command.name(), about: command.description(), options: command.options.flatMap(({ long }) => long ?? []) }))))
  return Promise.resolve(exit.done)
}

interface Described {
  readonly name: string
  readonly about: string
  readonly options: readonly string[]
}

const writers: Readonly<Record<string, (commands: readonly Described[]) => string>> = { bash, zsh, fish }

function bash(commands: readonly Described[]): string {
  const cases = commands.map(({ name, options }) => `    ${name}) words="${options.join(' ')}" ;;`).join('\n')
  return `# metamigrate completion for bash: eval "$(metamigrate completion bash)"
_metamigrate() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${commands.map(({ name }) => name).join(' ')}"
  else case "\${COMP_WORDS[1]}" in
${cases}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -F _metamigrate metamigrate
`
}

const escaped = (text: string) => text.replaceAll("'", "'\\''")

function zsh(commands: readonly Described[]): string {
  const names = commands.map(({ name, about }) => `    '${name}:${escaped(about)}'`).join('\n')
  const cases = commands.map(({ name, options }) => `    ${name}) compadd -- ${options.join(' ')} ;;`).join('\n')
  return `#compdef metamigrate
_metamigrate() {
  local -a commands=(
${names}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
${cases}
  esac
  _files
}
compdef _metamigrate metamigrate
`
}

function fish(commands: readonly Described[]): string {
  const lines = commands.flatMap(({ name, about, options }) => [
    `complete -c metamigrate -n __fish_use_subcommand -a ${name} -d '${escaped(about)}'`,
    ...options.map((option) => `complete -c metamigrate -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`),
  ])
  return `${lines.join('\n')}\n`
}
