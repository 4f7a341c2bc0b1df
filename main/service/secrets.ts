/** Secrets that this process knows, so that no text leaves it with one inside. They live in memory only. */
export interface Secrets {
  add(secret: string): void
  /** The text with every known secret replaced. */
  scrub(text: string): string
}

// Shorter ones would turn ordinary words into stars; they are kept out of texts by never being put in.
const leastLength = 4

/** A store without secrets. */
export function createSecrets(): Secrets {
  const known = new Set<string>()
  return {
    add(secret) {
      if (secret.length < leastLength) return
      known.add(secret)
      known.add(encodeURIComponent(secret))
    },
    scrub(text) {
      let clean = text
      for (const secret of [...known].toSorted((a, b) => b.length - a.length)) clean = clean.replaceAll(secret, '***')
      return clean
    },
  }
}
