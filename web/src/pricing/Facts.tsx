// Pairs of what and how much; those without a value are left out.
import type { ComponentChildren } from 'preact';

export function Facts({ items }: { items: [string, ComponentChildren | undefined][] }) {
  return (
    <dl class="plan-facts">
      {items.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
