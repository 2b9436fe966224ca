// The player for browsers without HLS of their own; a chunk of its own, so that the others never fetch it.
export { default } from 'hls.js/light';
