// For the operator: challenges that people have reported, the most reported first; nothing where there are none.
import { Flag } from 'lucide-preact';
import { api, ask } from '../app/api';
import { useData } from '../app/cache';
import { tt, useTrendsText } from '../text/trends';
import { Badge, Card, List, Row } from '../ui/bits';

export function ReportedCard() {
  const ready = useTrendsText();
  const { data } = useData('operator/home/challenges', () => ask(api.challengeReported()));
  if (!ready || !data?.items.length) return null;
  return (
    <Card title={tt('challenge.reported_title')} pad={false} class="card-list">
      <List>{data.items.map(r => (
        <Row key={r.challenge.id} href={`/challenge/${r.challenge.id}`} start={<Flag size={22} />} title={<span class="clamp2" dir="auto">{r.challenge.title}</span>}
          note={tt(`fault.${r.last}`)} end={<Badge tone="warn">{tt('challenge.reports', { n: r.reports })}</Badge>} />
      ))}</List>
    </Card>
  );
}
