// English, the studio's part. studio.id.ts must have the same keys; TypeScript checks.
export const studioEn = {
  'studio.title': 'Studio',
} as const;

export default studioEn as Record<keyof typeof studioEn, string>;
