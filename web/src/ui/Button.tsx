// Buttons: one for buying (marigold), plain ones, quiet ones, and links that look like buttons.
import type { ComponentChildren, JSX } from 'preact';

export type ButtonProps = {
  kind?: 'buy' | 'main' | 'plain' | 'quiet' | 'danger';
  size?: 'normal' | 'small';
  wide?: boolean;
  busy?: boolean;              // pressed and not yet answered: shown, and not pressable again
  href?: string;
  icon?: ComponentChildren;
  class?: string;
  children?: ComponentChildren;
} & Omit<JSX.HTMLAttributes<HTMLButtonElement>, 'size' | 'icon'> & { type?: 'button' | 'submit'; disabled?: boolean; form?: string; target?: string; rel?: string };

export function Button({ kind = 'plain', size = 'normal', wide, busy, href, icon, children, class: extra, ...rest }: ButtonProps) {
  const name = `btn btn-${kind}${size === 'small' ? ' btn-small' : ''}${wide ? ' btn-wide' : ''}${busy ? ' btn-busy' : ''}${extra ? ' ' + extra : ''}`;
  const inside = <>{icon}<span class="btn-text">{children}</span></>;
  if (href) return <a class={name} href={href} {...(rest as JSX.HTMLAttributes<HTMLAnchorElement>)}>{inside}</a>;
  const { onClick, disabled, type = 'button', ...others } = rest;
  return (
    <button type={type} class={name} aria-busy={busy || undefined} aria-disabled={busy || undefined} disabled={disabled}
      onClick={busy ? (e => e.preventDefault()) : onClick} {...others}>{inside}</button>
  );
}

// A square button with a picture only; the label is what a screen reader says.
export function IconButton({ label, children, class: extra, ...rest }:
  { label: string; children: ComponentChildren; class?: string } & Omit<JSX.HTMLAttributes<HTMLButtonElement>, 'label'> & { disabled?: boolean }) {
  return <button type="button" class={`icon-btn ${extra ?? ''}`} aria-label={label} title={label} {...rest}>{children}</button>;
}
