// What a product is for tax, in the studio's form of it. A resource of its own: saved when it is chosen.
import { useState } from 'preact/hooks';
import { api, ask, Refusal, type TaxClass } from '../app/api';
import { useData } from '../app/cache';
import { tx, useTaxText } from '../text/tax';
import { Card, Failed, Skeleton } from '../ui/bits';
import { Select } from '../ui/Field';
import { toast } from '../ui/Toast';
import { words } from '../studio/bits';

// Those that mean the same everywhere first; a country's own steps say that they are.
const EVERYWHERE: TaxClass[] = ['standard', 'food', 'books', 'children', 'medicine', 'luxury', 'exempt', 'zero'];
const OWN: TaxClass[] = ['reduced', 'reduced2', 'super_reduced'];

export function classOptions(withShipping = false): { value: string; label: string }[] {
  return [
    ...EVERYWHERE.map(value => ({ value, label: tx(`class.${value}`) })),
    ...OWN.map(value => ({ value, label: `${tx(`class.${value}`)} (${tx('class.own')})` })),
    ...(withShipping ? [{ value: 'shipping', label: tx('class.shipping') }] : []),
  ];
}

export function ProductTaxCard({ product, readOnly }: { product: string; readOnly: boolean }) {
  const ready = useTaxText();
  const { data, problem, reload, set } = useData(`studio/product-tax/${product}`, () => ask(api.productTaxGet({ product })));
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const choose = async (value: string) => {
    const before = data;
    if (!before || busy) return;
    setBusy(true);
    setError(undefined);
    set({ class: value as TaxClass });                      // shown at once, and put back when refused
    const r = await api.productTaxPut({ product }, { class: value as TaxClass });
    setBusy(false);
    if (r.ok) return toast(tx('product.saved'), { kind: 'good' });
    set(before);
    setError(words(new Refusal(r.problem)));
  };
  if (!ready || !data) return <Card>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton lines={2} />}</Card>;
  return (
    <Card title={tx('product.title')}>
      <Select label={tx('product.class')} name="tax-class" hint={tx('product.hint')} value={data.class} onValue={v => void choose(v)} disabled={readOnly}
        options={classOptions()} {...(error ? { error } : {})} />
    </Card>
  );
}
