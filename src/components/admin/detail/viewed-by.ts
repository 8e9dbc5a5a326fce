import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import { visibleText } from '@/lib/text/visible-text'
import { cutMiddle, formatCount } from '../../format'

const namesMax = 3
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** "you, Ana and 3 others": who asks first, then a few names in the order they came. Null where nobody viewed it. */
export function viewedBy(viewers: LLMCallbackDetail['viewers'], viewerId: string): string | null {
  const others = viewers.filter(({ adminUserId }) => adminUserId !== viewerId)
  const names = others.flatMap(({ name }) => (name === null ? [] : [cutMiddle(visibleText(name))])).slice(0, namesMax)
  if (others.length < viewers.length) names.unshift('you')
  const countUnnamed = viewers.length - names.length
  if (countUnnamed > 0) names.push(unnamed(countUnnamed, names.length === 0))
  return names.length > 0 ? list.format(names) : null
}

function unnamed(count: number, isAlone: boolean): string {
  if (isAlone) return count === 1 ? 'an admin since removed' : `${formatCount(count)} admins since removed`
  return count === 1 ? '1 other' : `${formatCount(count)} others`
}
