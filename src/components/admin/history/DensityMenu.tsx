'use client'

import { Rows3 } from 'lucide-react'
import type { Density } from '../../preferences/densities'
import { exactTimes } from '../../preferences/exact-times'
import { buttonClass } from '../../ui/button'
import {
  Menu,
  MenuCheckboxItem,
  MenuContent,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from '../../ui/menu'

const names: Record<Density, string> = { compact: 'Compact', regular: 'Regular', relaxed: 'Relaxed' }

/** How the rows look: their height, and how times are told. */
export function DensityMenu({ density, onChange }: { density: Density; onChange: (density: Density) => void }) {
  return (
    <Menu>
      <MenuTrigger className={buttonClass('ghost', 'h-7 px-2 max-md:hidden')}>
        <Rows3 size={16} strokeWidth={1.75} aria-hidden="true" />
        <span className="max-xl:sr-only">Density</span>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuLabel>Density</MenuLabel>
        <MenuRadioGroup value={density} onValueChange={(value) => onChange(value as Density)}>
          {Object.entries(names).map(([value, name]) => (
            <MenuRadioItem key={value} value={value}>
              {name}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
        <MenuSeparator />
        <MenuCheckboxItem checked={exactTimes.use()} onCheckedChange={(isExact) => exactTimes.set(isExact)}>
          Exact times
        </MenuCheckboxItem>
      </MenuContent>
    </Menu>
  )
}
