import { AppError, type ErrorCode } from '@/lib/http/app-error'
import type { RejectionReason } from '@/lib/rejected-deliveries/schemas'

/** A refusal that is counted, and nothing else is kept of it. The sender is not told the reason: every 401 is the same. */
export class Rejection extends AppError {
  readonly reason: RejectionReason

  constructor(code: ErrorCode, reason: RejectionReason, message: string) {
    super(code, message)
    this.reason = reason
  }
}
