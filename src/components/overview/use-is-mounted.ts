import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** False on the server and in the first frame: for what only a browser can lay out, or tell in the reader's time zone. */
export function useIsMounted(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
