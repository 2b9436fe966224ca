// Uploads on the wire, with the client that people use: `node tus_test.mjs http://127.0.0.1:8080 [DATA]`. A line between
// client and server is cut at every tenth of a real video; what arrives must be the same bytes, and become a clip. Then
// what a well-behaved client never does. With DATA (the server's folder) the bytes are compared, too.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';

const tus = createRequire(new URL('../../web/package.json', import.meta.url))('tus-js-client');     // the app's own

const base = process.argv[2] ?? 'http://127.0.0.1:8080';
const data = process.argv[3];
const server = new URL(base);
const MAX = 500 * 1024 * 1024;
const CUTS = 10;
let passed = 0, failed = 0;

function check(what, good, detail = '') {
  if (good) passed++;
  else {
    failed++;
    console.error(`FAILED: ${what} ${detail}`);
  }
}

async function api(method, path, token, body) {
  const headers = { Accept: 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await fetch(base + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text ? JSON.parse(text) : undefined };
}

async function person(name) {
  const email = `${name}-${randomBytes(6).toString('hex')}@example.com`, password = randomBytes(12).toString('base64url');
  const made = await api('POST', '/v1/accounts', undefined, { email, password, name });
  if (made.status !== 201) throw new Error(`sign-up gave ${made.status} ${JSON.stringify(made.json)}`);
  const session = await api('POST', '/v1/sessions', undefined, { email, password });
  if (session.status !== 201) throw new Error(`sign-in gave ${session.status} ${JSON.stringify(session.json)}`);
  return session.json.token;
}

async function shop(token) {
  const handle = `toko-${randomBytes(5).toString('hex')}`;
  const made = await api('POST', '/v1/shops', token, {
    name: 'Toko Uji', handle, currency: 'IDR', country: 'ID', shipping: { minor: 1000000, currency: 'IDR' },
    dispatch_days: 1, delivery_min_days: 1, delivery_max_days: 3,
  });
  if (made.status !== 201) throw new Error(`the shop gave ${made.status} ${JSON.stringify(made.json)}`);
  return made.json.id;
}

// A line to the server that is cut each time another tenth of the file has gone through it.
function line(size) {
  const state = { cuts: 0, through: 0 };
  const proxy = net.createServer(client => {
    const upstream = net.connect(Number(server.port), server.hostname);
    const end = () => { client.destroy(); upstream.end(); };
    client.on('error', end).on('close', end);
    upstream.on('error', end).on('close', end);
    upstream.pipe(client);
    client.on('data', bytes => {
      const next = (state.cuts + 1) * size / CUTS;
      const left = next - state.through;
      if (state.cuts < CUTS - 1 && bytes.length >= left) {
        upstream.write(bytes.subarray(0, left));
        state.through = next;
        state.cuts++;
        end();
        return;
      }
      state.through += bytes.length;
      if (!upstream.write(bytes)) {
        client.pause();
        upstream.once('drain', () => client.resume());
      }
    });
  });
  return new Promise(done => proxy.listen(0, '127.0.0.1', () => done({ state, port: proxy.address().port, close: () => proxy.close() })));
}

function upload(endpoint, file, token, resumedAt) {
  return new Promise((done, fail) => {
    const it = new tus.Upload(file, {
      endpoint, uploadSize: file.length, chunkSize: Infinity, retryDelays: Array(40).fill(50),
      headers: { Authorization: `Bearer ${token}` }, metadata: { filename: 'klip ujié.mp4', filetype: 'video/mp4' },
      onAfterResponse: (request, response) => {
        if (request.getMethod() === 'HEAD') resumedAt.push(Number(response.getHeader('Upload-Offset')));
      },
      onError: fail, onSuccess: () => done(it.url),
    });
    it.start();
  });
}

function video(folder, seconds) {
  const path = join(folder, 'sample.mp4');
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=s=360x640:r=25:d=${seconds}`, '-f', 'lavfi', '-i',
    `sine=d=${seconds}`, '-b:v', '6M', '-minrate', '6M', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', '-y', path]);
  return readFileSync(path);
}

async function cutAtEveryTenth(token, shopId, folder) {
  const file = video(folder, 8), through = await line(file.length), resumedAt = [];
  const url = await upload(`http://127.0.0.1:${through.port}/v1/uploads`, file, token, resumedAt);
  through.close();
  check('the line was cut at every tenth', through.state.cuts === CUTS - 1, `${through.state.cuts} cuts`);
  check('each cut was resumed', resumedAt.length >= CUTS - 1, `${resumedAt}`);
  // Nothing that arrived is lost: each resume goes on further along, and near its cut.
  check('resumes go forward', resumedAt.every((at, i) => i === 0 || at > resumedAt[i - 1]), `${resumedAt}`);
  check('resumes go on where the line was cut', resumedAt.every((at, i) => at > i / CUTS * file.length * 0.9), `${resumedAt}`);
  const id = new URL(url).pathname.split('/').pop();
  const list = await api('GET', '/v1/uploads', token);
  const mine = list.json.items.find(u => u.id === id);
  check('the upload is complete', mine?.state === 'complete' && mine.offset === file.length, JSON.stringify(mine));
  check('its name has come', mine?.name === 'klip ujié.mp4', mine?.name);
  if (data) {
    const want = createHash('sha256').update(file).digest('hex');
    const found = readdirSync(join(data, 'uploads'))
      .some(name => createHash('sha256').update(readFileSync(join(data, 'uploads', name))).digest('hex') === want);
    check('the bytes are the same', found);
  }
  const made = await api('POST', '/v1/clips', token, { upload: id, shop: shopId, caption: 'Dipotong sepuluh kali', products: [] });
  check('the clip is made', made.status === 201, JSON.stringify(made.json));
  const clip = await ready(made.json.id, token);
  check('the clip is ready', clip.state === 'ready', JSON.stringify(clip));
  check('it has its length', Math.abs(clip.duration_ms - 8000) < 300, clip.duration_ms);
  for (const path of [clip.playlist, clip.poster]) {
    const got = await fetch(base + path);
    check(`${path.split('/').pop()} is there`, got.status === 200 && (await got.arrayBuffer()).byteLength > 100);
  }
}

async function ready(id, token) {
  for (let i = 0; i < 240; i++) {
    const clip = (await api('GET', `/v1/clips/${id}`, token)).json;
    if (clip.state !== 'processing') return clip;
    await new Promise(done => setTimeout(done, 500));
  }
  throw new Error('the clip is still in processing after two minutes');
}

// ---------------------------------------------------------------------------------------------- what no client does

function raw(method, path, token, headers, body) {
  return new Promise((done, fail) => {
    const request = http.request({
      host: server.hostname, port: server.port, method, path,
      headers: { 'Tus-Resumable': '1.0.0', Authorization: `Bearer ${token}`, ...headers },
    }, answer => {
      answer.resume();
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers }));
    });
    request.on('error', fail);
    request.end(body);
  });
}

const PIECE = { 'Content-Type': 'application/offset+octet-stream' };

async function refusals(token, stranger) {
  const made = await raw('POST', '/v1/uploads', token, { 'Upload-Length': '100000' });
  check('creation', made.status === 201 && /^\/v1\/uploads\/\d+$/.test(made.headers.location), JSON.stringify(made));
  check('it says when it ends', !Number.isNaN(Date.parse(made.headers['upload-expires'])), made.headers['upload-expires']);
  const path = made.headers.location;
  check('too long', (await raw('POST', '/v1/uploads', token, { 'Upload-Length': String(MAX + 1) })).status === 413);
  check('no length', (await raw('POST', '/v1/uploads', token, {})).status === 422);
  check('another version', (await raw('HEAD', path, token, { 'Tus-Resumable': '0.2.2' })).status === 412);
  check('a stranger', (await raw('HEAD', path, stranger, {})).status === 404);
  check('a stranger writing', (await raw('PATCH', path, stranger, { ...PIECE, 'Upload-Offset': '0' }, 'x')).status === 404);
  check('another type', (await raw('PATCH', path, token, { 'Content-Type': 'video/mp4', 'Upload-Offset': '0' }, 'x')).status === 415);
  check('another place', (await raw('PATCH', path, token, { ...PIECE, 'Upload-Offset': '7' }, 'x')).status === 409);
  const more = await raw('PATCH', path, token, { ...PIECE, 'Upload-Offset': '0', 'Content-Length': '100001' }, 'x').catch(() => undefined);
  check('more than announced', more === undefined || more.status === 413, JSON.stringify(more));
  const chunked = await raw('PATCH', path, token, { ...PIECE, 'Upload-Offset': '0', 'Transfer-Encoding': 'chunked' },
    Buffer.alloc(100001)).catch(() => undefined);
  check('more than announced, in chunks', chunked === undefined || chunked.status === 413, JSON.stringify(chunked));
  const after = await raw('HEAD', path, token, {});
  check('nothing past its end is kept', Number(after.headers['upload-offset']) <= 100000, after.headers['upload-offset']);
  check('deleting', (await raw('DELETE', path, token, {})).status === 204);
  check('gone', (await raw('HEAD', path, token, {})).status === 404);
  const options = await raw('OPTIONS', '/v1/uploads', token, {});
  check('options', options.status === 204 && options.headers['tus-extension'] === 'creation,expiration,termination');
}

// Two writers: the second is told so, and may go on as soon as the first's line is cut.
async function locks(token) {
  const path = (await raw('POST', '/v1/uploads', token, { 'Upload-Length': '1000' })).headers.location;
  const first = net.connect(Number(server.port), server.hostname);
  first.on('error', () => {});
  first.write(`PATCH ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nTus-Resumable: 1.0.0\r\n` +
    'Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: 1000\r\n\r\n' + 'a'.repeat(400));
  await new Promise(done => setTimeout(done, 300));
  check('a second writer', (await raw('PATCH', path, token, { ...PIECE, 'Upload-Offset': '400' }, 'x')).status === 423);
  check('ending it meanwhile', (await raw('DELETE', path, token, {})).status === 423);
  const head = await raw('HEAD', path, token, {});
  check('what has arrived is seen', head.headers['upload-offset'] === '400', head.headers['upload-offset']);
  first.destroy();
  let status = 423;
  for (let i = 0; i < 20 && status === 423; i++) {
    await new Promise(done => setTimeout(done, 50));
    status = (await raw('PATCH', path, token, { ...PIECE, 'Upload-Offset': '400' }, 'b'.repeat(600))).status;
  }
  check('the cut line has given up its lock', status === 204, status);
}

const folder = mkdtempSync(join(tmpdir(), 'etalase-tus-'));
try {
  const token = await person('sari'), stranger = await person('tono');
  await cutAtEveryTenth(token, await shop(token), folder);
  await refusals(token, stranger);
  await locks(token);
} catch (e) {
  failed++;
  console.error(e);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
