import { useApp, useAppHandle, setView } from '../store/app.ts'
import { shownFlavor } from '../store/flavors.ts'

/** Choices about the shown flavor's text, in one row: each change is seen in the text at once. */
export function FlavorSettings() {
  const app = useAppHandle()
  const view = useApp((state) => state.view)
  const { dialect, problem } = shownFlavor(view)
  if (dialect === undefined || dialect.settings.length === 0) return null
  const own = view.settings[view.flavor] ?? {}
  const set = (name: string, value: string) => setView(app, { settings: { ...view.settings, [view.flavor]: { ...own, [name]: value } } })
  return (
    <fieldset className="flavor-settings">
      <legend className="visually-hidden">Settings of {dialect.label}</legend>
      {dialect.settings.map((setting) => {
        const value = own[setting.name] ?? setting.fallback
        return (
          <label key={setting.name} className="flavor-setting" title={setting.about}>
            <span className="muted">{setting.label}</span>
            {setting.values.length > 0 ? (
              <select value={value} onChange={(event) => set(setting.name, event.target.value)}>
                {setting.values.map((each) => (
                  <option key={each} value={each}>
                    {each}
                  </option>
                ))}
              </select>
            ) : (
              <input type="text" spellCheck={false} value={value} size={10} onChange={(event) => set(setting.name, event.target.value)} />
            )}
          </label>
        )
      })}
      {problem === null ? null : (
        <p className="flavor-problem" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  )
}
