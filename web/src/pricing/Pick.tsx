// Choosing products of the shop: a sheet with a search, and the list of what is chosen.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Check, Plus, Search, X } from 'lucide-preact';
import { api, type ProductCard } from '../app/api';
import { td } from '../text/promos';
import { EmptyState, Failed, Picture, Price, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { Sheet } from '../ui/Sheet';
import { More, usePages } from '../studio/bits';
import { shopId } from '../studio/shop';
import type { Named } from './names';

const PAGE = 50;

// have: ids that are chosen already. onPick gets those that came in addition.
export function PickButton({ have, onPick, label }: { have: string[]; onPick: (cards: ProductCard[]) => void; label?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div><Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => setOpen(true)}>{label ?? td(have.length ? 'form.more_products' : 'form.add_products')}</Button></div>
      {open ? <PickSheet have={have} onPick={onPick} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function PickSheet({ have, onPick, onClose }: { have: string[]; onPick: (cards: ProductCard[]) => void; onClose: () => void }) {
  const shop = shopId.value;
  const list = usePages(`studio/pick/${shop}`, before => api.studioProductList({ shop, state: 'active', before, limit: PAGE }));
  const [asked, ask] = useState('');
  const [chosen, choose] = useState<ProductCard[]>([]);
  const want = asked.trim().toLocaleLowerCase();
  const shown = (list.items ?? []).filter(p => !have.includes(p.id) && (!want || p.title.toLocaleLowerCase().includes(want)));
  const toggle = (p: ProductCard) => choose(all => (all.some(x => x.id === p.id) ? all.filter(x => x.id !== p.id) : [...all, p]));
  return (
    <Sheet title={td('pick.title')} onClose={onClose} class="pick-sheet"
      foot={<Button kind="main" wide onClick={() => { onPick(chosen); onClose(); }}>{td('pick.done', { n: chosen.length })}</Button>}>
      <div class="pick-search"><Search size={18} aria-hidden="true" /><input class="input" type="search" aria-label={td('pick.search')} placeholder={td('pick.search')} value={asked} onInput={e => ask(e.currentTarget.value)} /></div>
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={4} />)
        : list.items.length === 0 ? <EmptyState title={td('pick.none')} />
        : shown.length === 0 && want ? <p class="muted">{td('pick.nothing', { text: asked.trim() })}</p>
        : <ul class="picks">{shown.map(p => {
            const on = chosen.some(x => x.id === p.id);
            return (
              <li key={p.id}><button type="button" class="pick" aria-pressed={on} onClick={() => toggle(p)}>
                <Picture class="row-pic" alt="" {...(p.picture ? { picture: p.picture } : {})} />
                <span class="row-text"><span class="row-title clamp2">{p.title}</span><span class="row-note"><Price money={p.price_from} from={p.price_to.minor > p.price_from.minor} size="small" /></span></span>
                <span class="pick-mark" aria-hidden="true">{on ? <Check size={18} strokeWidth={3} /> : null}</span>
              </button></li>
            );
          })}</ul>}
      <More list={list} />
    </Sheet>
  );
}

// One chosen thing: its picture and name, fields of its own, and a way to leave it out.
export function Chosen({ of, onRemove, children, note }: { of: Named; onRemove: () => void; children?: ComponentChildren; note?: ComponentChildren }) {
  return (
    <li class="chosen">
      <Picture class="row-pic" alt="" {...(of.picture ? { picture: of.picture } : {})} />
      <span class="row-text">
        <span class="row-title clamp2">{of.title}</span>
        {of.note || note ? <span class="row-note">{of.note}{of.note && note ? ' · ' : ''}{note}</span> : null}
      </span>
      <IconButton label={td('form.remove', { name: of.name })} onClick={onRemove}><X size={18} /></IconButton>
      {children ? <div class="chosen-fields">{children}</div> : null}
    </li>
  );
}
