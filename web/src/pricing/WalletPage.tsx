// The wallet: a code to type in, the vouchers one has, and those of the market.
import { TicketPercent } from 'lucide-preact';
import { api, ask, Refusal } from '../app/api';
import { useData } from '../app/cache';
import { me, signedIn } from '../app/session';
import { t } from '../text';
import { tp } from '../text/pricing';
import { Card, EmptyState, Failed, FormError, Page, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { toast } from '../ui/Toast';
import { claim, VoucherCard } from './Voucher';
import './pricing.css';

export function WalletPage() {
  if (!me.value) return <Page title={tp('wallet.title')} backTo="/me"><Skeleton kind="rows" /></Page>;
  return <Page title={tp('wallet.title')} backTo="/me">{signedIn.value ? <Wallet /> : <Guest />}</Page>;
}

function Guest() {
  return (
    <EmptyState icon={<TicketPercent size={36} />} title={tp('wallet.sign_in')} action={<Button kind="main" href="/sign-in?next=/me/vouchers">{t('in.action')}</Button>}>
      {tp('wallet.sign_in_body')}
    </EmptyState>
  );
}

function Wallet() {
  const mine = useData('wallet', () => ask(api.walletGet()));
  const open = useData('vouchers/platform', () => ask(api.voucherListPlatform()));
  const offered = open.data?.items.filter(v => !v.claimed && v.usable) ?? [];
  const form = useForm({
    values: { code: '' },
    check: v => ({ code: v.code.trim() ? undefined : t('form.required') }),
    send: async (v): Promise<void> => {
      const r = await api.walletPost({ code: v.code.trim() });
      if (!r.ok) {
        if (r.problem.slug === 'not_found') return form.fail({ code: tp('wallet.wrong') });
        if (r.problem.slug === 'too_many') return form.fail({ code: tp('wallet.many') });
        throw new Refusal(r.problem);
      }
      mine.set(r.value);
      form.reset({ code: '' });
      toast(tp('wallet.redeemed'), { kind: 'good' });
    },
  });
  return (
    <>
      <Card>
        <form class="stack-2" onSubmit={form.submit} noValidate>
          <FormError text={form.errors['']} />
          <div class="wallet-code">
            <Field label={tp('wallet.code')} maxLength={40} autocomplete="off" autocapitalize="characters" spellcheck={false} {...form.field('code')} />
            <Button kind="main" type="submit" busy={form.busy}>{tp('wallet.redeem')}</Button>
          </div>
        </form>
      </Card>
      {!mine.data ? (mine.problem ? <Failed problem={mine.problem} retry={mine.reload} /> : <Skeleton kind="rows" lines={4} />)
        : mine.data.items.length === 0 ? <EmptyState icon={<TicketPercent size={36} />} title={tp('wallet.empty')}>{tp('wallet.empty_body')}</EmptyState>
        : (
          <section class="stack-2" aria-labelledby="wallet-mine">
            <h2 class="section-title" id="wallet-mine">{tp('wallet.mine')}</h2>
            <ul class="vouchers">{mine.data.items.map(v => <VoucherCard key={v.id} voucher={v} owner />)}</ul>
          </section>
        )}
      {offered.length > 0 ? (
        <section class="stack-2" aria-labelledby="wallet-open">
          <h2 class="section-title" id="wallet-open">{tp('wallet.open')}</h2>
          <ul class="vouchers">{offered.map(v => <VoucherCard key={v.id} voucher={v} onClaim={async x => { await claim(x, open.data, open.set); await mine.reload(); }} />)}</ul>
        </section>
      ) : null}
    </>
  );
}
