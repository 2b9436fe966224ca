// Renders children into #overlays, beside the app, so that the app can be made inert beneath them.
import { Component, render, type ComponentChildren, type VNode } from 'preact';
import { h } from 'preact';

class Portal extends Component<{ children: ComponentChildren }> {
  private host = document.createElement('div');
  override componentDidMount() { this.show(); }
  override componentDidUpdate() { this.show(); }
  override componentWillUnmount() {
    render(null, this.host);
    this.host.remove();
  }
  private show() { render(this.props.children as VNode, this.host); }
  constructor(props: { children: ComponentChildren }) {
    super(props);
    document.getElementById('overlays')!.append(this.host);
  }
  override render() { return null; }
}

export function createPortal(children: ComponentChildren): VNode {
  return h(Portal, { children }) as unknown as VNode;
}
