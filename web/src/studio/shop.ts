// Which shop the studio works in, and what its person may do there. Knows no screens.
import { computed, signal } from '@preact/signals';
import { api, ask, type OrderCounts, type Shop, type StaffRole } from '../app/api';
import { peek, put, useData } from '../app/cache';
import { account, shops } from '../app/session';

const STORED = 'etalase.studio.shop';
const FRESH_MS = 60_000;

function stored(): string {
  try { return localStorage.getItem(STORED) ?? ''; } catch { return ''; }
}

const chosen = signal(stored());

// The shop that was chosen on this device, else the first.
export const here = computed(() => shops.value.find(s => s.shop === chosen.value) ?? shops.value[0]);
export const shopId = computed(() => here.value?.shop ?? '');
export const role = computed<StaffRole>(() => here.value?.role ?? 'packer');
export const isOwner = computed(() => role.value === 'owner' || account.value?.role === 'operator');
export const canManage = computed(() => role.value !== 'packer' || account.value?.role === 'operator');

export function chooseShop(id: string) {
  chosen.value = id;
  try { localStorage.setItem(STORED, id); } catch { /* storage may be off */ }
}

// A product or an order of another of my shops was opened by its address: the studio moves there.
export function followShop(id: string) {
  if (id !== shopId.value && shops.value.some(s => s.shop === id)) chooseShop(id);
}

export const shopKey = (id: string) => `studio/shop/${id}`;
export const useShop = (id: string = shopId.value) => useData(shopKey(id), () => ask(api.shopGet({ id })), FRESH_MS);
export const knownShop = (id: string = shopId.value) => peek<Shop>(shopKey(id));
export const putShop = (s: Shop) => put(shopKey(s.id), s);

// How many orders stand in each state. What is to be packed is the number at "Orders".
export const COUNT_MAX = 99;                 // more are shown as "99+"
const counted = signal<{ shop: string; counts: OrderCounts } | undefined>(undefined);
export const orderCounts = computed(() => (counted.value?.shop === shopId.value ? counted.value.counts : undefined));

export async function countOrders(): Promise<void> {
  const shop = shopId.value;
  if (!shop) return;
  const r = await api.studioOrderCounts({ shop });
  if (r.ok) counted.value = { shop, counts: r.value };
}
