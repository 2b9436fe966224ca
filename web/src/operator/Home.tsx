// The operator's first page: what waits, and the way to every other.
import { ArrowDownToLine, CircleCheck, UserCheck } from 'lucide-preact';
import { api, ask } from '../app/api';
import { useData } from '../app/cache';
import { tm } from '../text/money';
import { to } from '../text/operator';
import { Badge, Card, List, Page, Row, Skeleton } from '../ui/bits';
import { ReportedCard } from '../trends/Reported';
import { AuditState, auditKey } from './Audit';
import { PLACES } from './Operator';

const PAGE = 50;               // of each list; 50 stands for "50 or more"
const count = (n: number) => (n >= PAGE ? `${PAGE}+` : String(n));

export function HomePage() {
  const audit = useData(auditKey, () => ask(api.operatorAuditGet()));
  const payouts = useData('operator/home/payouts', () => ask(api.operatorPayoutList({ state: 'requested' })));
  const sellers = useData('operator/home/sellers', () => ask(api.operatorSellerList({ state: 'given' })));
  const asked = payouts.data?.items.length ?? 0, given = sellers.data?.items.length ?? 0;
  return (
    <Page title={to('title')} wide backTo={false}>
      <Card title={to('home.todo')} pad={false} class="card-list">
        {!payouts.data || !sellers.data ? <div class="card-pad"><Skeleton lines={2} /></div>
          : asked + given === 0 ? <p class="calm"><CircleCheck size={20} aria-hidden="true" /> {to('home.nothing')}</p> : (
            <List>
              {asked ? <Row start={<ArrowDownToLine size={22} />} title={tm('op.payouts')} note={tm('op.waiting')} end={<Badge tone="warn">{count(asked)}</Badge>} href="/operator/payouts" /> : null}
              {given ? <Row start={<UserCheck size={22} />} title={tm('sellers.title')} note={tm('sellers.given')} end={<Badge tone="warn">{count(given)}</Badge>} href="/operator/sellers?list=given" /> : null}
            </List>
          )}
      </Card>
      <ReportedCard />
      <Card title={to('nav.audit')}>{audit.data ? <AuditState audit={audit.data} /> : <Skeleton lines={2} />}</Card>
      <Card title={to('home.pages')} pad={false} class="card-list">
        <List>{PLACES.slice(1).map(p => <Row key={p.path} start={<p.icon size={22} />} title={to(p.text)} href={p.path} />)}</List>
      </Card>
    </Page>
  );
}
