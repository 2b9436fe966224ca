// What anybody may look at: the numbers that the feed is ordered by, and who is seen.
import { api, ask, type ExposureShare, type FeedDialShare, type FeedWeight } from '../app/api';
import { useData } from '../app/cache';
import { locale } from '../text';
import { tf } from '../text/feed';
import { Card, EmptyState, Failed, Page, Skeleton, Table } from '../ui/bits';
import { formatPercent } from './words';
import './settings.css';

const FRESH_MS = 30_000;
const count = (n: number) => new Intl.NumberFormat(locale.value).format(n);
const weight = (ppm: number) => new Intl.NumberFormat(locale.value, { signDisplay: 'exceptZero', maximumFractionDigits: 2 }).format(ppm / 1_000_000);

export function RankingPage() {
  const { data: r, problem, reload } = useData('ranking', () => ask(api.rankingGet()), FRESH_MS);
  const most = r ? Math.max(...r.weights.map(w => Math.abs(w.weight_ppm)), 1) : 1;
  return (
    <Page title={tf('ranking.title')} backTo="/me/feed">
      {!r ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={8} />) : (
        <>
          <p>{tf('ranking.lead')}</p>
          <Card>
            <ul class="weights" aria-label={tf('ranking.weight')}>
              {r.weights.map((w: FeedWeight) => (
                <li key={w.outcome}>
                  <span>{tf(`ranking.${w.outcome}`)}</span><span class="num">{weight(w.weight_ppm)}</span>
                  <span class={`trait-bar${w.weight_ppm < 0 ? ' trait-less' : ''}`} aria-hidden="true"><span style={{ inlineSize: `${Math.abs(w.weight_ppm) / most * 100}%` }} /></span>
                </li>
              ))}
            </ul>
          </Card>
          <Card title={tf('ranking.rules_title')}>
            <ul class="plain-list">
              <li>{tf('ranking.explore', { share: formatPercent(r.explore_ppm) })}</li>
              <li>{tf('ranking.guaranteed', { n: r.guaranteed_impressions })}</li>
              <li>{tf('ranking.qualified', { seconds: r.qualified_ms / 1000 })}</li>
              <li>{tf('ranking.returns')}</li>
              <li>{tf('ranking.touch', { n: r.touch_days })}</li>
              <li>{tf('ranking.kept', { n: r.event_days })}</li>
              <li>{tf('ranking.no_money')}</li>
              <li>{tf('ranking.size', { clips: count(r.clips), people: count(r.people) })}</li>
              <li>{tf('ranking.fitted', { n: r.fitted })}</li>
            </ul>
          </Card>
          <Card title={tf('ranking.dial')}>
            <Table label={tf('ranking.dial')} rows={r.dials} keyOf={(d: FeedDialShare) => d.dial} columns={[
              { title: tf('ranking.dial'), main: true, cell: d => tf(`dial.${d.dial}`) },
              { title: tf('ranking.dial_selling'), end: true, cell: d => count(d.selling_most) },
              { title: tf('ranking.dial_plain'), end: true, cell: d => count(d.plain_most) },
            ]} />
          </Card>
        </>
      )}
    </Page>
  );
}

export function ExposurePage() {
  const { data: e, problem, reload } = useData('exposure', () => ask(api.exposureGet({})), FRESH_MS);
  const all = e?.sizes.reduce((n, s) => n + s.impressions, 0) ?? 0;
  return (
    <Page title={tf('exposure.title')} backTo="/me/feed">
      {!e ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />) : (
        <>
          <p>{tf('exposure.lead', { n: e.days })}</p>
          {all === 0 ? <EmptyState title={tf('exposure.none')} /> : (
            <Card>
              <ul class="weights" aria-hidden="true">
                {e.sizes.map(s => (
                  <li key={s.size}><span>{tf(`exposure.${s.size}`)}</span><span class="num">{formatPercent(s.share_ppm)}</span>
                    <span class="trait-bar"><span style={{ inlineSize: `${s.share_ppm / 10_000}%` }} /></span></li>
                ))}
              </ul>
            </Card>
          )}
          <Card>
            <Table label={tf('exposure.title')} rows={e.sizes} keyOf={(s: ExposureShare) => s.size} columns={[
              { title: tf('exposure.size'), main: true, cell: s => tf(`exposure.${s.size}`) },
              { title: tf('exposure.shops'), end: true, cell: s => count(s.shops) },
              { title: tf('exposure.views'), end: true, cell: s => count(s.impressions) },
              { title: tf('exposure.real'), end: true, cell: s => count(s.qualified) },
              { title: tf('exposure.share'), end: true, cell: s => formatPercent(s.share_ppm) },
            ]} />
          </Card>
        </>
      )}
    </Page>
  );
}
