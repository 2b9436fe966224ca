// Where things should go to, for prices and days before there is an address. Kept on this device. Knows no screens.
import { signal } from '@preact/signals';
import { api, type ShipPlace } from '../app/api';
import { account } from '../app/session';
import { countryName } from '../accounts/AddressForm';

const STORED = 'etalase.place';

function stored(): ShipPlace | undefined {
  try {
    const p = JSON.parse(localStorage.getItem(STORED) ?? 'null') as Partial<ShipPlace> | null;
    return p && typeof p.country === 'string' && /^[A-Z]{2}$/.test(p.country) ? placeOf(p as ShipPlace) : undefined;
  } catch { return undefined; }
}

// Only what a quote asks for: a whole address would be more than is needed.
export function placeOf(p: { country: string; region?: string | null; postcode?: string | null }): ShipPlace {
  return { country: p.country, ...(p.region ? { region: p.region } : {}), ...(p.postcode ? { postcode: p.postcode } : {}) };
}

export const place = signal<ShipPlace | undefined>(stored());

export function choosePlace(p: ShipPlace) {
  place.value = p;
  try { localStorage.setItem(STORED, JSON.stringify(p)); } catch { /* storage may be off */ }
}

// Who is signed in and has chosen nothing here begins with the default address. Once a page.
let asked = '';
export async function beginWithAddress(): Promise<void> {
  const id = account.value?.id;
  if (!id || asked === id || place.value) return;
  asked = id;
  const r = await api.addressList();
  const first = r.ok ? r.value.items.find(a => a.is_default) ?? r.value.items[0] : undefined;
  if (first && !place.value) place.value = placeOf(first);
}

export function placeText(p: ShipPlace): string {
  return [p.postcode, p.postcode ? '' : p.region, countryName(p.country)].filter(Boolean).join(', ');
}
