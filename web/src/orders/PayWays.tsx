// What the buyer needs for each way to pay: the code to scan, the account to pay into, the bank to choose. Knows no orders.
import { useMemo, useState } from 'preact/hooks';
import { ChevronDown, Clock, Copy } from 'lucide-preact';
import { encode } from 'uqr';
import { vaBankValues } from '../api/types';
import type { Money, Payment, VaBank } from '../app/api';
import { t } from '../text';
import { formatMoney, moment } from '../text/numbers';
import { hasPayText, tp, type PayKey } from '../text/pay';
import { Banner, Card } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { Choices } from '../ui/Field';
import { copyText } from '../ui/share';
import { toast } from '../ui/Toast';
import { clockText, useSecondsLeft } from './countdown';

const SOON_SECONDS = 120;

// The sum and how long there is for it, above every way to pay.
export function PayHead({ payment: p }: { payment: Payment }) {
  return (
    <div class="pay-head">
      <div><span class="muted small">{tp('amount')}</span><strong class="pay-sum num">{formatMoney(p.amount)}</strong></div>
      {p.expires ? <TimeLeft at={p.expires} /> : null}
    </div>
  );
}

function TimeLeft({ at }: { at: string }) {
  const left = useSecondsLeft(at);
  return (
    <div class={`pay-left${left <= SOON_SECONDS ? ' pay-left-soon' : ''}`}>
      <span class="muted small">{tp('until', { time: moment(at) })}</span>
      <span class="pay-clock num" role="timer" aria-label={tp('left_value', { time: clockText(left) })}><Clock size={18} aria-hidden="true" />{clockText(left)}</span>
    </div>
  );
}

// A fact that will be typed or pasted elsewhere. `copy` is what goes to the clipboard when it is not what is shown.
export function Fact({ label, value, copy, mono }: { label: string; value: string; copy?: string; mono?: boolean }) {
  const take = async () => {
    await copyText(copy ?? value);
    toast(tp('copied'), { kind: 'good' });
  };
  return (
    <div class="pay-fact">
      <dt>{label}</dt>
      <dd><bdi dir="ltr" class={mono ? 'pay-mono' : undefined}>{value}</bdi><IconButton label={tp('copy_of', { what: label })} onClick={() => void take()}><Copy size={20} /></IconButton></dd>
    </div>
  );
}

// Digits of an account in groups of four, as they stand on cards and statements; copied without the blanks.
const grouped = (digits: string) => digits.replace(/(\d{4})(?=\d)/g, '$1 ');
// Banks' forms take whole units, without signs.
const plain = (m: Money) => String(m.currency === 'IDR' ? m.minor / 100 : m.minor);

export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const qr = encode(text, { ecc: 'M', border: 4 });
    let d = '';
    qr.data.forEach((row, y) => row.forEach((dark, x) => { if (dark) d += `M${x} ${y}h1v1h-1z`; }));
    return { size: qr.size, path: d };
  }, [text]);
  // Black on white in every theme: scanners want it so.
  return <svg class="pay-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges"><rect width={size} height={size} fill="#fff" /><path d={path} fill="#000" /></svg>;
}

export function QrisWay({ payment: p }: { payment: Payment }) {
  const amount = formatMoney(p.amount);
  return (
    <Card class="pay-way">
      <PayHead payment={p} />
      <h2>{tp('qr.title')}</h2>
      <QrCode text={p.qr!} label={tp('qr.alt', { amount })} />
      <ol class="pay-steps"><li>{tp('qr.one')}</li><li>{tp('qr.two')}</li><li>{tp('qr.three', { amount })}</li></ol>
      <p class="muted small">{tp('watching')}</p>
    </Card>
  );
}

export function bankName(bank: string): string {
  const key = `bank.${bank}`;
  return hasPayText(key) ? tp(key as PayKey) : bank;
}

export function ChooseBank({ payment: p, busy, choose }: { payment: Payment; busy: boolean; choose: (bank: VaBank) => void }) {
  const [bank, setBank] = useState<VaBank>(vaBankValues.find(b => b === p.bank) ?? vaBankValues[0]!);
  return (
    <Card class="pay-way">
      <PayHead payment={p} />
      <Choices<VaBank> label={tp('va.choose')} name="bank" value={bank} onValue={setBank} options={vaBankValues.map(b => ({ value: b, title: bankName(b) }))} />
      <p class="muted small">{tp('va.choose_note')}</p>
      <Button kind="buy" wide busy={busy} onClick={() => choose(bank)}>{tp('va.get')}</Button>
    </Card>
  );
}

export function AccountWay({ payment: p, other }: { payment: Payment; other: () => void }) {
  const amount = formatMoney(p.amount);
  return (
    <Card class="pay-way">
      <PayHead payment={p} />
      <h2>{tp('va.title', { bank: bankName(p.bank ?? '') })}</h2>
      <dl class="pay-facts">
        <Fact label={tp('va.number')} value={grouped(p.account_number!)} copy={p.account_number!} mono />
        <Fact label={t('pay.amount')} value={amount} copy={plain(p.amount)} />
        {p.account_name ? <div class="pay-fact"><dt>{tp('va.name')}</dt><dd><span>{p.account_name}</span></dd></div> : null}
      </dl>
      <details class="pay-how" open><summary>{tp('va.app')}<ChevronDown size={20} aria-hidden="true" /></summary><ol class="pay-steps"><li>{tp('va.app_1')}</li><li>{tp('va.app_2', { amount })}</li><li>{tp('va.app_3')}</li></ol></details>
      <details class="pay-how"><summary>{tp('va.atm')}<ChevronDown size={20} aria-hidden="true" /></summary><ol class="pay-steps"><li>{tp('va.atm_1')}</li><li>{tp('va.atm_2')}</li><li>{tp('va.atm_3')}</li></ol></details>
      <p class="muted small">{tp('watching')}</p>
      <Button kind="quiet" onClick={other}>{tp('va.other')}</Button>
    </Card>
  );
}

export function TransferWay({ payment: p }: { payment: Payment }) {
  const received = p.received;
  const missing: Money = { ...p.amount, minor: p.amount.minor - (received?.minor ?? 0) };
  return (
    <Card class="pay-way">
      <PayHead payment={p} />
      <h2>{tp('transfer.title')}</h2>
      {received ? <Banner tone="warn" title={tp('transfer.part_title', { received: formatMoney(received), missing: formatMoney(missing) })}>{tp('transfer.part_body')}</Banner> : null}
      <dl class="pay-facts">
        <Fact label={tp('transfer.reference')} value={p.reference!} mono />
        <Fact label={t('pay.amount')} value={formatMoney(missing)} copy={plain(missing)} />
        <Fact label={tp('transfer.number')} value={grouped(p.account_number!)} copy={p.account_number!} mono />
        <div class="pay-fact"><dt>{tp('transfer.bank')}</dt><dd><span>{p.bank}</span></dd></div>
        <div class="pay-fact"><dt>{tp('transfer.name')}</dt><dd><span>{p.account_name}</span></dd></div>
      </dl>
      <p class="muted small">{tp('transfer.lead')}</p>
    </Card>
  );
}
