import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { Badge } from '../ui/badge'
import { conditionLooksOf } from './condition-looks'

type ConditionBadgesProps = {
  callback: Pick<LLMCallbackSummary, 'conditions' | 'deliveryCount' | 'signatureValid'>
  /** How many to show before `+n`. */
  badgesMax?: number
}

/** In a narrow container words, unlike counts, give way to the text beside them; icon and tooltip stay. */
export function ConditionBadges({ callback, badgesMax = 2 }: ConditionBadgesProps) {
  const looks = conditionLooksOf(callback)
  const rest = looks.slice(badgesMax)
  return (
    <>
      {looks.slice(0, badgesMax).map(({ label, tone, Icon, meaning }) => (
        <Badge key={label} tone={tone} title={meaning} className="relative z-1">
          <Icon strokeWidth={1.75} aria-hidden="true" />
          <span className={/^×/.test(label) ? undefined : '@max-[24rem]:sr-only'}>{label}</span>
        </Badge>
      ))}
      {rest.length > 0 && (
        <Badge tone="neutral" title={rest.map(({ label }) => label).join(', ')} className="relative z-1">
          +{rest.length}
        </Badge>
      )}
    </>
  )
}
