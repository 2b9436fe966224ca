// A component that is drawn again only when its properties say so.
import { Component, h, type FunctionComponent } from 'preact';

export function memo<P extends object>(draw: FunctionComponent<P>, same: (a: P, b: P) => boolean): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: P) { return !same(this.props, next); }
    override render() { return h(draw, this.props); }
  }
  return Memo as unknown as FunctionComponent<P>;
}
