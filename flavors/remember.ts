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
