// The operator's first page: what waits, and the way to every other.
import { api, ask } from '../app/api';
import { useData } from '../app/cache';
import { to } from '../text/operator';
import { Card, List, Page, Row, Skeleton } from '../ui/bits';
import { AuditState, auditKey } from './Audit';
import { PLACES } from './Operator';

export function HomePage() {
  const audit = useData(auditKey, () => ask(api.operatorAuditGet()));
  return (
    <Page title={to('title')} wide backTo={false}>
      <Card title={to('nav.audit')}>{audit.data ? <AuditState audit={audit.data} /> : <Skeleton lines={2} />}</Card>
      <Card title={to('home.pages')} pad={false} class="card-list">
        <List>{PLACES.slice(1).map(p => <Row key={p.path} start={<p.icon size={22} />} title={to(p.text)} href={p.path} />)}</List>
      </Card>
    </Page>
  );
}
