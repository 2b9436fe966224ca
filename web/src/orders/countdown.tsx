// How much time is left, as a clock that ends.
import { useEffect, useState } from 'preact/hooks';

const TICK_MS = 1000;
const HOUR = 3600;

// Whole seconds until `at`, never below 0. Asks the clock itself each time: a sleeping tab does not fall behind.
export function useSecondsLeft(at: string | undefined): number {
  const left = () => (at ? Math.max(0, Math.ceil((new Date(at).getTime() - Date.now()) / 1000)) : Infinity);
  const [n, setN] = useState(left);
  useEffect(() => {
    setN(left());
    if (!at) return;
    const timer = setInterval(() => setN(left()), TICK_MS);
    return () => clearInterval(timer);
  }, [at]);
  return n;
}

export function clockText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / HOUR);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
