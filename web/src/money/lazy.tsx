// The money screens as the studio lists them: they, their texts and the chart come in a chunk of their own when opened.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Refusal } from '../app/api';
import { loadMoneyText } from '../text/money';
import { Failed, Page, Skeleton } from '../ui/bits';

type Props = { params: Record<string, string>; query: URLSearchParams };

function lazy(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let come: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, redraw] = useState(0);
    const [failed, fail] = useState(false);
    useEffect(() => {
      if (come) return;
      Promise.all([load(), loadMoneyText()]).then(([screen]) => { come = screen; redraw(n => n + 1); }, () => fail(true));
    }, []);
    const Screen = come;
    if (Screen) return <Screen {...props} />;
    if (failed) return <Failed problem={new Refusal({ type: '', slug: 'offline', title: '', status: 0 })} retry={() => location.reload()} />;
    return <Page title="" wide backTo={false}><Skeleton kind="rows" lines={5} /></Page>;
  };
}

export const MoneyPage = lazy(() => import('./Money').then(m => m.MoneyPage));
export const StatementPage = lazy(() => import('./Statement').then(m => m.StatementPage));
