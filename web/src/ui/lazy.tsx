// A screen that comes in a chunk of its own, with the texts that it speaks in, when it is opened for the first time.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Refusal } from '../app/api';
import { Failed, Page, Skeleton } from './bits';

type Props = { params: Record<string, string>; query: URLSearchParams };

export function lazy(load: () => Promise<ComponentType<Props>>, ...texts: (() => Promise<unknown>)[]): ComponentType<Props> {
  let come: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, redraw] = useState(0);
    const [failed, fail] = useState(false);
    useEffect(() => {
      if (come) return;
      Promise.all([load(), ...texts.map(text => text())]).then(([screen]) => { come = screen; redraw(n => n + 1); }, () => fail(true));
    }, []);
    const Screen = come;
    if (Screen) return <Screen {...props} />;
    if (failed) return <Failed problem={new Refusal({ type: '', slug: 'offline', title: '', status: 0 })} retry={() => location.reload()} />;
    return <Page title="" wide backTo={false}><Skeleton kind="rows" lines={5} /></Page>;
  };
}
