// The products tagged on a clip: what is picked, and a sheet to pick from.
import { useState } from 'preact/hooks';
import { ArrowDown, ArrowUp, Check, Plus, Search, X } from 'lucide-preact';
import { api, type ProductCard } from '../app/api';
import { t } from '../text';
import { ts } from '../text/studio';
import { EmptyState, Failed, Picture, Price, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { Sheet } from '../ui/Sheet';
import { More, usePages } from './bits';

export const TAGS_MAX = 10;
const PAGE = 50;

export function Tags({ shop, picked, change, error }: { shop: string; picked: ProductCard[]; change: (to: ProductCard[]) => void; error?: string }) {
  const [open, setOpen] = useState(false);
  const move = (i: number, by: number) => {
    const out = [...picked];
    out.splice(i + by, 0, ...out.splice(i, 1));
    change(out);
  };
  return (
    <div class="stack-2">
      {picked.length ? (
        <ol class="tags">{picked.map((p, i) => (
          <li key={p.id} class="tag">
            <Picture class="row-pic" alt="" {...(p.picture ? { picture: p.picture } : {})} />
            <span class="row-text"><span class="row-title clamp2">{p.title}</span><Price money={p.price_from} from={p.price_to.minor > p.price_from.minor} size="small" /></span>
            <span class="tag-acts">
              {picked.length > 1 ? <><IconButton label={ts('tags.up', { title: p.title })} disabled={i === 0} onClick={() => move(i, -1)}><ArrowUp size={18} /></IconButton>
                <IconButton label={ts('tags.down', { title: p.title })} disabled={i === picked.length - 1} onClick={() => move(i, 1)}><ArrowDown size={18} /></IconButton></> : null}
              <IconButton label={ts('tags.remove', { title: p.title })} onClick={() => change(picked.filter(x => x.id !== p.id))}><X size={18} /></IconButton>
            </span>
          </li>))}
        </ol>
      ) : <p class="field-hint">{ts('tags.hint', { max: TAGS_MAX })}</p>}
      {error ? <p class="field-error" tabIndex={-1}>{error}</p> : null}
      {picked.length < TAGS_MAX ? <div><Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => setOpen(true)}>{ts(picked.length ? 'tags.more' : 'tags.add')}</Button></div> : null}
      {open ? <PickSheet shop={shop} picked={picked} change={change} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function PickSheet({ shop, picked, change, onClose }: { shop: string; picked: ProductCard[]; change: (to: ProductCard[]) => void; onClose: () => void }) {
  const list = usePages(`studio/pick/${shop}`, before => api.studioProductList({ shop, state: 'active', before, limit: PAGE }));
  const [asked, ask] = useState('');
  const [chosen, choose] = useState(picked);
  const want = asked.trim().toLocaleLowerCase();
  const shown = (list.items ?? []).filter(p => !want || p.title.toLocaleLowerCase().includes(want));
  const toggle = (p: ProductCard) => choose(all => (all.some(x => x.id === p.id) ? all.filter(x => x.id !== p.id) : all.length < TAGS_MAX ? [...all, p] : all));
  return (
    <Sheet title={ts('tags.title')} onClose={onClose} class="pick-sheet"
      foot={<Button kind="main" wide onClick={() => { change(chosen); onClose(); }}>{ts('tags.done', { n: chosen.length })}</Button>}>
      <div class="pick-search"><Search size={18} aria-hidden="true" /><input class="input" type="search" aria-label={ts('tags.search')} placeholder={ts('tags.search')} value={asked} onInput={e => ask(e.currentTarget.value)} /></div>
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={4} />)
        : list.items.length === 0 ? <EmptyState title={ts('tags.none')} action={<Button kind="main" href="/studio/products/new">{ts('products.first')}</Button>}>{ts('tags.none_body')}</EmptyState>
        : shown.length === 0 ? <p class="muted">{ts(list.next ? 'tags.nothing_yet' : 'tags.nothing', { text: asked.trim() })}</p>
        : <ul class="picks">{shown.map(p => {
            const on = chosen.some(x => x.id === p.id);
            return (
              <li key={p.id}><button type="button" class="pick" aria-pressed={on} disabled={!on && chosen.length >= TAGS_MAX} onClick={() => toggle(p)}>
                <Picture class="row-pic" alt="" {...(p.picture ? { picture: p.picture } : {})} />
                <span class="row-text"><span class="row-title clamp2">{p.title}</span><span class="row-note"><Price money={p.price_from} from={p.price_to.minor > p.price_from.minor} size="small" />{p.available ? null : ` · ${t('product.sold_out')}`}</span></span>
                <span class="pick-mark" aria-hidden="true">{on ? <Check size={18} strokeWidth={3} /> : null}</span>
              </button></li>
            );
          })}</ul>}
      <More list={list} />
      {chosen.length >= TAGS_MAX ? <p class="field-hint">{ts('tags.full', { max: TAGS_MAX })}</p> : null}
    </Sheet>
  );
}
