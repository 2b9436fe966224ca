// Draws children into #overlays, beside the app, so that the app can be made inert beneath them.
import { Component, h, render, type ComponentChildren, type VNode } from 'preact';

class Portal extends Component<{ children: ComponentChildren }> {
  private readonly host = document.createElement('div');

  constructor(props: { children: ComponentChildren }) {
    super(props);
    document.getElementById('overlays')!.append(this.host);
  }

  override componentWillUnmount() {
    render(null, this.host);
    this.host.remove();
  }

  // While drawing, not after it: the parent's effects find the elements there.
  override render() {
    render(this.props.children as VNode, this.host);
    return null;
  }
}

export function createPortal(children: ComponentChildren): VNode {
  return h(Portal, { children }) as unknown as VNode;
}
