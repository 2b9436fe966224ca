// One picture on its way to the server: made smaller when it is large, sent with progress, given up when wanted.
import { settings } from '../api';
import { csrf, Refusal, type Picture, type Problem } from '../app/api';
import { loadMe } from '../app/session';

export const ACCEPT = 'image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,image/gif';
export const PICTURE_MAX_BYTES = 12 * 1024 * 1024;

const SEND_AS_IT_IS_BYTES = 1_500_000;    // a phone's photo is 3 to 12 MB; its longest side is cut to this:
const SIDE_MAX = 2560;
const QUALITY = 0.88;

export type Sending = { done: Promise<Picture>; stop: () => void };

export function sendPicture(file: File, onProgress: (part: number) => void): Sending {
  const at: { request?: XMLHttpRequest; stopped?: boolean } = {};
  const done = (async () => {
    const body = await smaller(file);
    if (body.size > PICTURE_MAX_BYTES) throw refusal('too_large', 413);
    try {
      return await send(body, at, onProgress);
    } catch (e) {
      if (!(e instanceof Refusal) || e.slug !== 'csrf' || at.stopped) throw e;
      await loadMe();                                      // the session has changed meanwhile
      return send(body, at, onProgress);
    }
  })();
  return { done, stop: () => { at.stopped = true; at.request?.abort(); } };
}

function refusal(slug: string, status: number): Refusal {
  return new Refusal({ type: `/problems/${slug}`, slug, title: slug, status } as Problem<string>);
}

// The server makes sizes up to 1280; more than twice that is only weight on the way. What cannot be read here goes as it is.
async function smaller(file: File): Promise<Blob> {
  if (file.size <= SEND_AS_IT_IS_BYTES || file.type === 'image/gif') return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const shrink = Math.min(1, SIDE_MAX / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(bitmap.width * shrink);
    canvas.height = Math.round(bitmap.height * shrink);
    const pen = canvas.getContext('2d')!;
    pen.fillStyle = '#fff';                                // a transparent PNG becomes a JPEG on white
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const made = await new Promise<Blob | null>(give => canvas.toBlob(give, 'image/jpeg', QUALITY));
    return made && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}

function send(body: Blob, at: { request?: XMLHttpRequest; stopped?: boolean }, onProgress: (part: number) => void): Promise<Picture> {
  return new Promise((give, fail) => {
    if (at.stopped) return fail(refusal('aborted', 0));
    const x = new XMLHttpRequest();                        // fetch does not tell how far a body has gone
    at.request = x;
    x.open('POST', `${settings.base}/v1/pictures`);
    x.setRequestHeader('Accept', 'application/json');
    x.setRequestHeader('Content-Type', body.type || 'image/jpeg');
    x.setRequestHeader('X-CSRF-Token', csrf.value);
    const language = settings.language();
    if (language) x.setRequestHeader('Accept-Language', language);
    x.upload.onprogress = e => { if (e.lengthComputable) onProgress(e.loaded / e.total); };
    x.onerror = () => fail(refusal('offline', 0));
    x.onabort = () => fail(refusal('aborted', 0));
    x.onload = () => {
      try {
        const json = JSON.parse(x.responseText) as Picture & Problem<string>;
        if (x.status === 201) return give(json);
        fail(new Refusal({ ...json, slug: json.type.split('/').pop()!, status: x.status }));
      } catch {
        fail(refusal('internal', x.status));
      }
    };
    x.send(body);
  });
}
