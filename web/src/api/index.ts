// The generated client's one door. Written by tools/gen; do not edit.
export * from './types';
export * from './problems';
export * from './client';
