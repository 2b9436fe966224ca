// The resumable-upload client, in a chunk of its own: it is fetched when the first video is chosen.
export { Upload } from 'tus-js-client';
