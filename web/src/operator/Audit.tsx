// The audit: what the last one found, and a button for another.
import { useEffect, useState } from 'preact/hooks';
import { CircleAlert, CircleCheck, LoaderCircle, ScanSearch } from 'lucide-preact';
import { api, ask, type AuditFinding, type AuditResult } from '../app/api';
import { useData } from '../app/cache';
import { attempt } from '../studio/bits';
import { moment } from '../text/numbers';
import { to } from '../text/operator';
import { Card, Failed, Page, Progress, Skeleton, Table } from '../ui/bits';
import { Button } from '../ui/Button';

const POLL_MS = 1500;

export const auditKey = 'operator/audit';

export function AuditPage() {
  const { data, problem, reload, set } = useData(auditKey, () => ask(api.operatorAuditGet()));
  const [asking, setAsking] = useState(false);
  const running = data?.state === 'running';
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => { if (!document.hidden) void reload(); }, POLL_MS);
    return () => clearInterval(timer);
  }, [running]);
  const begin = async () => {
    setAsking(true);
    const got = await attempt(api.operatorAuditPost());
    setAsking(false);
    if (got) set(got.value);
  };
  return (
    <Page title={to('audit.title')} wide backTo={false}
      end={<Button kind="main" size="small" busy={asking || running} onClick={() => void begin()}>{to('audit.run')}</Button>}>
      <p class="muted">{to('audit.lead')}</p>
      {problem && !data ? <Failed problem={problem} retry={reload} /> : !data ? <Skeleton kind="rows" /> : <Result audit={data} />}
    </Page>
  );
}

export function AuditState({ audit: a }: { audit: AuditResult }) {
  const said = { at: a.started ? moment(a.started) : '', seconds: (a.took_ms / 1000).toFixed(1) };
  const sure = a.state === 'done' && a.violations === 0;
  const tone = sure ? ' audit-good' : a.state === 'done' || a.state === 'failed' ? ' audit-bad' : '';
  const Icon = a.state === 'never' ? ScanSearch : a.state === 'running' ? LoaderCircle : sure ? CircleCheck : CircleAlert;
  const title = a.state !== 'done' ? to(`audit.${a.state}`) : sure ? to('audit.clean') : to('audit.found', { n: a.violations });
  const note = a.state === 'never' ? '' : a.state !== 'done' ? to(`audit.${a.state}_note`, said) : to(sure ? 'audit.clean_note' : 'audit.found_note', said);
  return (
    <div class={`audit-state${tone}`} role="status">
      <Icon size={36} aria-hidden="true" />
      <div class="audit-said"><h2>{title}</h2>{note ? <p class="muted small">{note}</p> : null}</div>
    </div>
  );
}

function Result({ audit: a }: { audit: AuditResult }) {
  return (
    <>
      <Card><AuditState audit={a} />{a.state === 'running' ? <Progress label={to('audit.running')} /> : null}</Card>
      {a.rules.length > 0 ? (
        <Card title={to('audit.rules')}>
          <Table label={to('audit.rules')} rows={a.rules} keyOf={r => r.rule} columns={[
            { title: to('audit.rule'), cell: r => <span class="mono">{r.rule}</span>, main: true },
            { title: to('audit.count'), cell: r => r.n, end: true },
          ]} />
        </Card>
      ) : null}
      {a.items.length > 0 ? (
        <Card title={to('audit.items', { n: a.items.length })}>
          <Table<AuditFinding> label={to('audit.items', { n: a.items.length })} rows={a.items} keyOf={r => `${r.rule} ${r.id} ${r.detail}`} columns={[
            { title: to('audit.rule'), cell: r => <span class="mono">{r.rule}</span>, main: true },
            { title: to('audit.thing'), cell: r => <span class="mono">{r.id}</span> },
            { title: to('audit.detail'), cell: r => r.detail },
          ]} />
        </Card>
      ) : null}
    </>
  );
}
