/** Says that the rail is narrowed to its icons. A cookie, so that the server renders it as it is, and nothing moves. */
export const railCookie = 'callboard-rail'

export const narrowRail = 'narrow'

/** Keeps the choice for a year; the console's pages alone are told. */
export function keepRail(isCollapsed: boolean): void {
  const maxAgeSeconds = isCollapsed ? 365 * 24 * 60 * 60 : 0
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${railCookie}=${narrowRail}; Path=/; SameSite=Lax; Max-Age=${maxAgeSeconds}`
}

/** Beside icons: not where the rail is 52 px wide, by the window's width or by choice. */
export const railLabel = 'md:max-lg:sr-only lg:group-data-collapsed/shell:sr-only'
