// Bahasa Indonesia, the studio's part. The same keys as studio.en.ts; TypeScript checks.
import type { studioEn } from './studio.en';

const studioId: Record<keyof typeof studioEn, string> = {
  'studio.title': 'Studio',
};

export default studioId;
