// Moves a column of full-height pages: fingers by the browser's own snapping, keys, wheel and buttons by a short glide.
// Knows nothing of what is on the pages.
const GLIDE_MS = 200;                        // as --slow of tokens.css
const WHEEL_MIN = 24;                        // less is a trembling hand
const WHEEL_REST_MS = 90;                    // a wheel or a pad that is silent for so long has finished its move

export type Pager = ReturnType<typeof makePager>;

// onChange is called as soon as it is decided which page comes: at the key, or when a finger has pulled it past the half.
export function makePager(box: HTMLElement, o: { count: () => number; onChange: (index: number) => void }) {
  let index = 0;
  let glide = 0;
  let wheelTotal = 0, wheelRest = 0, wheelUsed = false, wheelLast = 0;
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const height = () => box.clientHeight;

  function change(to: number) {
    if (to === index) return;
    index = to;
    o.onChange(to);
  }

  function go(to: number) {
    const aim = Math.max(0, Math.min(o.count() - 1, to));
    change(aim);
    const from = box.scrollTop;
    const by = aim * height() - from;
    cancelAnimationFrame(glide);
    if (still.matches || Math.abs(by) < 1) return jump(aim);
    box.style.scrollSnapType = 'none';
    const start = performance.now();
    const step = (now: number) => {
      const t = Math.min(1, Math.max(0, (now - start) / GLIDE_MS));
      box.scrollTop = from + by * (1 - (1 - t) ** 3);
      if (t < 1) glide = requestAnimationFrame(step);
      else settle();
    };
    glide = requestAnimationFrame(step);
  }

  function settle() {
    glide = 0;
    box.scrollTop = index * height();
    box.style.scrollSnapType = '';
  }

  function jump(to: number) {
    cancelAnimationFrame(glide);
    change(to);
    settle();
  }

  const onScroll = () => {
    if (glide) return;
    change(Math.max(0, Math.min(o.count() - 1, Math.round(box.scrollTop / Math.max(1, height())))));
  };

  const onWheel = (e: WheelEvent) => {
    if (e.ctrlKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) return;
    e.preventDefault();
    const by = e.deltaMode === 1 ? e.deltaY * 32 : e.deltaMode === 2 ? e.deltaY * height() : e.deltaY;
    clearTimeout(wheelRest);
    wheelRest = window.setTimeout(() => { wheelTotal = 0; wheelUsed = false; wheelLast = 0; }, WHEEL_REST_MS);
    // A pad runs on long after the finger has left: only a push that is clearly stronger again counts as another.
    if (wheelUsed && Math.abs(by) > Math.abs(wheelLast) * 2 && Math.abs(by) > 60 && !glide) { wheelUsed = false; wheelTotal = 0; }
    wheelLast = by;
    if (wheelUsed) return;
    wheelTotal += by;
    if (Math.abs(wheelTotal) < WHEEL_MIN) return;
    wheelUsed = true;
    go(index + Math.sign(wheelTotal));
  };

  // Whatever the height becomes (a bar that hides, a window that grows), the same page stays.
  const sizes = new ResizeObserver(() => jump(index));
  sizes.observe(box);
  const onTouch = () => { if (glide) { cancelAnimationFrame(glide); glide = 0; box.style.scrollSnapType = ''; } };
  box.addEventListener('scroll', onScroll, { passive: true });
  box.addEventListener('wheel', onWheel, { passive: false });
  box.addEventListener('touchstart', onTouch, { passive: true });

  return {
    go,
    jump,
    index: () => index,
    destroy() {
      cancelAnimationFrame(glide);
      clearTimeout(wheelRest);
      sizes.disconnect();
      box.removeEventListener('scroll', onScroll);
      box.removeEventListener('wheel', onWheel);
      box.removeEventListener('touchstart', onTouch);
    },
  };
}
