// The beginning of the app: language, session, first screen, service worker.
import './tokens.css';
import './ui/ui.css';
import './app/shell.css';
import './feed/feed.css';
import { render } from 'preact';
import { startApi } from './app/api';
import { start } from './app/router';
import { warm } from './app/screens';
import { loadMe } from './app/session';
import { Shell } from './app/Shell';
import { startWorker } from './app/worker';
import { loadText, locale, mark, t } from './text';
import { startToasts, toast } from './ui/Toast';

mark();
start();
startApi(() => locale.value);
const me = loadMe();
await loadText();
render(<Shell />, document.getElementById('app')!);
startToasts();
void me.then(() => warm('/product/1', '/cart', '/checkout'));
startWorker();
addEventListener('offline', () => toast(t('offline.title')));
addEventListener('online', () => toast(t('offline.back'), { kind: 'good' }));
