// The product over its clip: the clip goes on while one looks, chooses and buys.
import { useState } from 'preact/hooks';
import { Maximize2 } from 'lucide-preact';
import { api, ask, type Clip, type Product } from '../app/api';
import { useData } from '../app/cache';
import { t } from '../text';
import { Failed, Picture, Price, Skeleton } from '../ui/bits';
import { Sheet } from '../ui/Sheet';
import { About, BuyBar, Carousel, Facts, Options, PriceOf, Seller, useBuying, type Buying } from './Product';

const FRESH_MS = 15_000;

export function ProductSheet({ clip, onClose }: { clip: Clip; onClose: () => void }) {
  const [id, setId] = useState(clip.products[0]!.id);
  const card = clip.products.find(p => p.id === id)!;
  const { data, problem, reload } = useData(`product/${id}/clip`, () => ask(api.productGet({ id, channel: 'clip' })), FRESH_MS);
  const strip = clip.products.length > 1 ? (
    <div class="strip" role="group" aria-label={t('product.pick')}>
      {clip.products.map(p => (
        <button key={p.id} type="button" class={`strip-one${p.id === id ? ' strip-on' : ''}`} aria-pressed={p.id === id} onClick={() => setId(p.id)}>
          <Picture picture={p.picture} alt={p.title} /><Price money={p.price_from} size="small" />
        </button>
      ))}
    </div>
  ) : null;
  const buying = useBuying(data, clip.id);
  return (
    <Sheet title={card.title} kind="side" class="product-sheet" hideTitle onClose={onClose} foot={data ? <BuyBar buying={buying} /> : undefined}>
      {strip}
      {data ? <Loaded key={data.id} product={data} buying={buying} />
        : problem ? <Failed problem={problem} retry={reload} />
        : (
          <div class="stack">
            <div class="carousel carousel-peek"><div class="carousel-box"><Picture picture={card.picture} alt="" size={640} eager /></div></div>
            <h3 class="product-title">{card.title}</h3>
            <Skeleton lines={6} />
          </div>
        )}
    </Sheet>
  );
}

function Loaded({ product: p, buying }: { product: Product; buying: Buying }) {
  return (
    <div class="stack">
      <Carousel pictures={p.pictures} title={p.title} peek />
      <div class="stack-2">
        <PriceOf product={p} buying={buying} clip />
        <h3 class="product-title">{p.title}</h3>
      </div>
      <Options product={p} buying={buying} />
      <Facts product={p} buying={buying} />
      <Seller product={p} />
      <About product={p} />
      <a class="full-link" href={`/product/${p.id}`}><Maximize2 size={16} aria-hidden="true" /> {t('product.full')}</a>
    </div>
  );
}
