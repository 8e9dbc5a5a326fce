'use client'

import { useEffect, useState } from 'react'
import { toast as sonner, Toaster } from 'sonner'
import { needsAttention } from '../admin/actions/needs-attention'
import { notificationSettings } from './settings'
import { ToastCard } from './ToastCard'
import { closeToast, onToasts } from './toast-store'
import type { CallbackToast } from './toasts'

const quietMs = 6_000
const problemMs = 20_000
const narrowPx = 768

/** Where toasts stand. Its region is the only announcer of callbacks. */
export default function NotificationToaster() {
  const isNarrow = useIsNarrow()
  useEffect(() => {
    let shown: readonly CallbackToast[] = []
    return onToasts((toasts) => {
      for (const { key } of shown) if (!toasts.some((toast) => toast.key === key)) sonner.dismiss(key)
      for (const toast of toasts) if (!shown.includes(toast)) show(toast)
      shown = toasts
    })
  }, [])
  return (
    <Toaster
      position={isNarrow ? 'top-center' : 'bottom-right'}
      customAriaLabel="Notifications"
      visibleToasts={3}
      gap={8}
      offset={{ bottom: 48, right: 24 }}
      mobileOffset={{ top: 8, left: 8, right: 8 }}
      style={{ '--width': '380px', zIndex: 45 } as React.CSSProperties}
      toastOptions={{ unstyled: true, className: 'w-full' }}
    />
  )
}

function show(toast: CallbackToast): void {
  const close = () => closeToast(toast.key)
  const isProblem = toast.callbacks.some(needsAttention)
  sonner.custom(() => <ToastCard toast={toast} onClose={close} />, {
    id: toast.key,
    duration: notificationSettings.get().keepUntilDismissed
      ? Number.POSITIVE_INFINITY
      : isProblem
        ? problemMs
        : quietMs,
    onDismiss: close,
    onAutoClose: close,
  })
}

function useIsNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(() => window.innerWidth < narrowPx)
  useEffect(() => {
    const query = window.matchMedia(`(width < ${narrowPx}px)`)
    const read = () => setIsNarrow(query.matches)
    query.addEventListener('change', read)
    return () => query.removeEventListener('change', read)
  }, [])
  return isNarrow
}
