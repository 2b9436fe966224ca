// The shared pieces in one place.
export * from './Button';
export * from './Field';
export * from './Sheet';
export * from './Confirm';
export * from './Toast';
export * from './bits';
export * from './form';
export { useUid } from './id';
