// An id for tying labels to controls. Preact's own repeats itself across roots, and sheets are roots of their own.
import { useState } from 'preact/hooks';

let next = 1;
export const useUid = (): string => useState(() => `u${next++}`)[0];
