// The one box: what is typed, and below it what it may become. A combobox as WAI-ARIA describes it (list autocomplete, chosen by hand).
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ArrowUpLeft, Hash, Search, ShoppingBag, Store, UserRound, X } from 'lucide-preact';
import { api, type SearchGuess } from '../app/api';
import { go } from '../app/router';
import { tq } from '../text/search';
import { useUid } from '../ui/id';

const WAIT_MS = 60;                            // after a key, so that fast typing asks once
export const Q_MAX = 200;                      // characters; the server's own limit

export const searchAt = (q: string) => `/search?q=${encodeURIComponent(q)}`;

export function guessHref(g: SearchGuess): string {
  switch (g.kind) {
    case 'product': return `/product/${g.id}`;
    case 'shop': return `/shop/${g.handle}`;
    case 'person': return `/@${g.handle}`;
    case 'tag': return `/tag/${encodeURIComponent(g.text)}`;
    default: return searchAt(g.text);
  }
}

const ICONS = { product: ShoppingBag, shop: Store, person: UserRound, tag: Hash, word: Search };

export function SearchBox({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const id = useUid();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const guesses = useGuesses(open ? text : '');
  useEffect(() => { setText(q); setOpen(false); }, [q]);
  useEffect(() => { setAt(-1); }, [guesses]);
  // Whoever comes to search without a question wants to type; on a phone that opens the keyboard, as intended.
  useEffect(() => { if (!q) input.current?.focus({ preventScroll: true }); }, []);

  const submit = (words: string) => {
    const clean = words.trim().replace(/\s+/g, ' ');
    if (!clean) return input.current?.focus();
    setText(clean);
    setOpen(false);
    input.current?.blur();
    onSearch(clean);
  };
  const take = (g: SearchGuess) => (g.kind === 'word' ? submit(g.text) : (setOpen(false), go(guessHref(g))));
  const key = (e: KeyboardEvent) => {
    const n = guesses.length;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setOpen(true);
      if (n) setAt(i => (e.key === 'ArrowDown' ? (i + 2) % (n + 1) - 1 : (i + 1 + n) % (n + 1) - 1));
    } else if (e.key === 'Escape' && open) {
      e.preventDefault();
      setOpen(false);
    } else if (e.key === 'Enter' && shown && at >= 0 && guesses[at]) {
      e.preventDefault();
      take(guesses[at]);
    }
  };
  const shown = open && guesses.length > 0;
  return (
    <form class="search-box" role="search" onSubmit={e => { e.preventDefault(); submit(text); }}>
      <Search class="search-box-icon" size={20} aria-hidden="true" />
      <input ref={input} class="search-input" type="search" name="q" value={text} maxLength={Q_MAX} dir="auto" enterkeyhint="search"
        placeholder={tq('placeholder')} aria-label={tq('title')} autocomplete="off" autocapitalize="off" spellcheck={false}
        role="combobox" aria-autocomplete="list" aria-expanded={shown} aria-controls={`${id}-list`} aria-activedescendant={shown && at >= 0 ? `${id}-${at}` : undefined}
        onInput={e => { setText(e.currentTarget.value); setOpen(true); }} onKeyDown={key} onBlur={() => setOpen(false)} />
      {text ? <button type="button" class="search-clear" aria-label={tq('clear')} onMouseDown={e => e.preventDefault()} onClick={() => { setText(''); setOpen(false); input.current?.focus(); }}><X size={20} aria-hidden="true" /></button> : null}
      <ul id={`${id}-list`} class="guesses" role="listbox" aria-label={tq('suggestions')} hidden={!shown}>
        {shown ? guesses.map((g, i) => (
          <li key={`${g.kind} ${g.id ?? ''} ${g.text}`} id={`${id}-${i}`} role="option" aria-selected={i === at} class="guess"
            onMouseDown={e => e.preventDefault()} onClick={() => take(g)}>
            <Guess guess={g} typed={text} onFill={() => { setText(`${g.text} `); input.current?.focus(); }} />
          </li>
        )) : null}
      </ul>
      <span class="hidden" role="status">{open && text.trim() ? tq('suggestions.n', { n: guesses.length }) : ''}</span>
    </form>
  );
}

function Guess({ guess: g, typed, onFill }: { guess: SearchGuess; typed: string; onFill: () => void }) {
  const Icon = ICONS[g.kind as keyof typeof ICONS] ?? Search;
  return (
    <>
      <Icon class="guess-icon" size={20} aria-hidden="true" />
      <span class="guess-text"><bdi>{g.kind === 'tag' ? '#' : g.kind === 'person' ? '@' : ''}{marked(g.text, typed)}</bdi></span>
      {g.kind === 'word'
        ? <span class="guess-fill flip" aria-hidden="true" onClick={e => { e.stopPropagation(); onFill(); }}><ArrowUpLeft size={20} /></span>
        : <span class="guess-kind">{tq(`guess.${g.kind}`)}</span>}
    </>
  );
}

// What is added to what was typed stands out: that is what one reads for.
function marked(text: string, typed: string): ComponentChildren {
  const begun = typed.trimStart().toLocaleLowerCase();
  return begun && text.toLocaleLowerCase().startsWith(begun) ? <>{text.slice(0, begun.length)}<b>{text.slice(begun.length)}</b></> : text;
}

// An answer that comes late does not replace a newer one; while a new one is on its way the last stays.
function useGuesses(text: string): SearchGuess[] {
  const [guesses, set] = useState<SearchGuess[]>([]);
  const q = text.trim();
  useEffect(() => {
    if (!q) return set([]);
    let on = true;
    const timer = setTimeout(async () => {
      const r = await api.searchSuggest({ q: text.slice(0, Q_MAX) });
      // Ways to go on typing stand first, then what can be opened at once.
      if (on) set(r.ok ? [...r.value.items.filter(g => g.kind === 'word'), ...r.value.items.filter(g => g.kind !== 'word')] : []);
    }, WAIT_MS);
    return () => { on = false; clearTimeout(timer); };
  }, [q]);
  return guesses;
}
