// How the web app is built: two entries (the app, the service worker), everything else in hashed files under /assets.
import { createHash } from 'node:crypto';
import { defineConfig, type Plugin } from 'vite';

// Writes the list of files that make up the shell into sw.js, with a version that changes when any of them does.
function precache(): Plugin {
  return {
    name: 'precache',
    // After Vite's own plugins: those still drop chunks that turned out to hold nothing but style.
    generateBundle: { order: 'post', handler(_options, bundle) {
      const worker = bundle['sw.js'];
      if (!worker || worker.type !== 'chunk') return;
      // The player's chunk and the studio are fetched when they are wanted; the shell must stay small.
      const files = Object.keys(bundle).filter(name => name.startsWith('assets/') && !/(hls|studio)/i.test(name) && !name.endsWith('.map'));
      const hash = createHash('sha256');
      for (const name of files.sort()) hash.update(name);
      hash.update(worker.code);
      worker.code = worker.code
        .replaceAll('__PRECACHE__', JSON.stringify(files.map(name => '/' + name)))
        .replaceAll('__VERSION__', JSON.stringify(hash.digest('hex').slice(0, 12)));
    } },
  };
}

const server = process.env['ETALASE_URL'] ?? 'http://127.0.0.1:8080';

const to = (target: string) => ({ target, changeOrigin: false });

export default defineConfig({
  plugins: [precache()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    target: ['chrome108', 'safari15.4', 'firefox112'],
    assetsInlineLimit: 0,                       // the content security policy has no data: but for pictures
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    rollupOptions: {
      input: { app: 'index.html', sw: 'src/app/sw.ts' },
      output: {
        entryFileNames: chunk => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        // What every screen needs is one file; the screens are one each.
        manualChunks: id => (/node_modules\/(preact|@preact)\/|\/src\/(ui|app|feed)\/(?!hls|sw\.ts|Missing)|\/src\/text\/(index|format|numbers)/.test(id) ? 'base' : undefined),
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  // The host stays as it is: a write's Origin is compared with it.
  server: { port: 5173, proxy: { '/v1': to(server), '/media': to(server) } },
});
