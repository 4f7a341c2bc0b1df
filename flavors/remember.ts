/** `make` with its answers kept by text, at most `size` of them: a model says the same defaults, types and names in thousands of fields. Only for pure functions that never throw. */
export function remember<T>(make: (text: string) => T, size = 4096): (text: string) => T {
  const known = new Map<string, { readonly value: T }>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found.value
    // Emptied when full: no order has to be kept, and what is in use comes back at once.
    if (known.size >= size) known.clear()
    const value = make(text)
    known.set(text, { value })
    return value
  }
}

/** The same for a function that also looks at rules: answers are kept for each object of rules apart. */
export function rememberBy<K extends object, T>(make: (text: string, rules: K) => T): (text: string, rules: K) => T {
  const known = new WeakMap<K, (text: string) => T>()
  return (text, rules) => {
    let own = known.get(rules)
    if (own === undefined) {
      own = remember((one) => make(one, rules))
      known.set(rules, own)
    }
    return own(text)
  }
}
