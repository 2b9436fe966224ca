// A product's own page on the counter, for shared links and for looking longer.
import { Share2 } from 'lucide-preact';
import { api, ask, type Product, type ProductCard } from '../app/api';
import { useData } from '../app/cache';
import type { ScreenProps } from '../app/screens';
import { t } from '../text';
import { Badge, Failed, Page, Picture, Price, Skeleton } from '../ui/bits';
import { IconButton } from '../ui/Button';
import { shareLink } from '../ui/share';
import { About, BuyBar, Carousel, Facts, Options, PriceOf, Seller, useBuying } from './Product';

const FRESH_MS = 15_000;

export function ProductPage({ params, query }: ScreenProps) {
  const id = params['id']!;
  // A price belongs to the channel in which the product was found.
  const channel = query.get('clip') ? 'clip' as const : undefined;
  const { data, problem, reload } = useData(`product/${id}${channel ? '/clip' : ''}`, () => ask(api.productGet({ id, ...(channel ? { channel } : {}) })), FRESH_MS);
  if (!data) {
    return <Page title={t('ui.loading')} hideTitle wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />}</Page>;
  }
  return <Loaded key={data.id} product={data} clip={query.get('clip') ?? undefined} />;
}

function Loaded({ product: p, clip }: { product: Product; clip?: string | undefined }) {
  const buying = useBuying(p, clip);
  return (
    <Page title={p.title} hideTitle wide foot={<BuyBar buying={buying} />}
      end={<IconButton label={t('product.share')} onClick={() => void shareLink({ title: p.title, path: `/product/${p.id}` })}><Share2 size={22} /></IconButton>}>
      <div class="product">
        <div class="product-look"><Carousel pictures={p.pictures} title={p.title} /></div>
        <div class="product-side stack">
          <div class="stack-2">
            <h2 class="product-title product-title-large">{p.title}</h2>
            <PriceOf product={p} buying={buying} clip={clip !== undefined} />
          </div>
          <Options product={p} buying={buying} />
          <div class="product-buy"><BuyBar buying={buying} /></div>
          <Facts product={p} buying={buying} />
          <Seller product={p} />
          <About product={p} />
        </div>
      </div>
      <More product={p} />
    </Page>
  );
}

const MORE = 12;

function More({ product: p }: { product: Product }) {
  const { data } = useData(`shop-products/${p.shop.id}`, () => ask(api.productList({ shop: p.shop.id, limit: MORE })), FRESH_MS);
  const others = data?.items.filter(o => o.id !== p.id) ?? [];
  if (others.length === 0) return null;
  return (
    <section>
      <h2 class="section-title">{t('product.more', { shop: p.shop.name })}</h2>
      <ProductGrid products={others} />
    </section>
  );
}

export function ProductGrid({ products }: { products: ProductCard[] }) {
  return (
    <ul class="grid">
      {products.map(p => (
        <li key={p.id}>
          <a class="tile" href={`/product/${p.id}`}>
            <Picture picture={p.picture} alt="" size={640} />
            <span class="tile-title clamp2">{p.title}</span>
            {p.available ? <span class="line"><Price money={p.price_from} from={p.price_to.minor > p.price_from.minor} />{p.sale ? <Badge tone="bad">{t('product.sale')}</Badge> : null}</span> : <span class="muted">{t('product.sold_out')}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
