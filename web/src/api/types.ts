// The types of the wire. Written by tools/gen; do not edit.

export type Time = string;         // ISO 8601, UTC
export type Currency = string;     // ISO 4217
// Whole minor units.
export interface Money { minor: number; currency: Currency }

export type AccountId = string & { readonly __id?: 'Account' };
export type AddressId = string & { readonly __id?: 'Address' };
export type CheckoutId = string & { readonly __id?: 'Checkout' };
export type ClipId = string & { readonly __id?: 'Clip' };
export type InvoiceId = string & { readonly __id?: 'Invoice' };
export type MarketChangeId = string & { readonly __id?: 'MarketChange' };
export type OfferId = string & { readonly __id?: 'Offer' };
export type OrderId = string & { readonly __id?: 'Order' };
export type OrderLineId = string & { readonly __id?: 'OrderLine' };
export type PaymentId = string & { readonly __id?: 'Payment' };
export type PictureId = string & { readonly __id?: 'Picture' };
export type ProductId = string & { readonly __id?: 'Product' };
export type PromotionId = string & { readonly __id?: 'Promotion' };
export type RefundId = string & { readonly __id?: 'Refund' };
export type ReturnId = string & { readonly __id?: 'Return' };
export type SessionId = string & { readonly __id?: 'Session' };
export type ShipmentId = string & { readonly __id?: 'Shipment' };
export type ShopId = string & { readonly __id?: 'Shop' };
export type StockMovementId = string & { readonly __id?: 'StockMovement' };
export type TaxRateId = string & { readonly __id?: 'TaxRate' };
export type UploadId = string & { readonly __id?: 'Upload' };
export type VariantId = string & { readonly __id?: 'Variant' };
export type VoucherId = string & { readonly __id?: 'Voucher' };

// The whole program, as its operator sees it.
export type AuditState = 'never' | 'running' | 'done';
export const auditStateValues: readonly AuditState[] = [
  'never',
  'running',
  'done',
];

// price_changed: the line says from what to what; offer_over: it was put in under an offer that has ended; over_limit: more than one buyer may have of the offer (see limit).
export type CartProblem = 'none' | 'sold_out' | 'too_few' | 'archived' | 'price_changed' | 'offer_over' | 'over_limit'
  | 'not_served';
export const cartProblemValues: readonly CartProblem[] = [
  'none',
  'sold_out',
  'too_few',
  'archived',
  'price_changed',
  'offer_over',
  'over_limit',
  'not_served',
];

// The cart: lines by variant, remembering where they were put in, under which offer and at what price.
export type Channel = 'shop' | 'clip' | 'live' | 'creator';
export const channelValues: readonly Channel[] = [
  'shop',
  'clip',
  'live',
  'creator',
];

// Clips: uploads (tus 1.0), their way to being played, product tags, likes.
export type ClipState = 'processing' | 'ready' | 'failed' | 'hidden';
export const clipStateValues: readonly ClipState[] = [
  'processing',
  'ready',
  'failed',
  'hidden',
];

// What became of a parcel: delivered, refused at the door (it comes back), or lost by the carrier.
export type DeliveryKind = 'delivered' | 'refused' | 'lost';
export const deliveryKindValues: readonly DeliveryKind[] = [
  'delivered',
  'refused',
  'lost',
];

// Who pays for a discount.
export type Funder = 'seller' | 'platform';
export const funderValues: readonly Funder[] = [
  'seller',
  'platform',
];

// announced: fixed by law or by the government's list. expected: calculated, the government announces it later.
export type HolidayState = 'announced' | 'expected' | 'own';
export const holidayStateValues: readonly HolidayState[] = [
  'announced',
  'expected',
  'own',
];

export type InvoiceKind = 'invoice' | 'credit_note';
export const invoiceKindValues: readonly InvoiceKind[] = [
  'invoice',
  'credit_note',
];

// What an account is for; docs/ledger.md says who owns each and which side is its normal one.
export type LedgerAccount = 'clearing' | 'buyer' | 'refunds_due' | 'seller' | 'reserve' | 'payout' | 'fees' | 'promotions'
  | 'tax' | 'shipping' | 'commission' | 'provider_fees' | 'rounding' | 'bank' | 'loss';
export const ledgerAccountValues: readonly LedgerAccount[] = [
  'clearing',
  'buyer',
  'refunds_due',
  'seller',
  'reserve',
  'payout',
  'fees',
  'promotions',
  'tax',
  'shipping',
  'commission',
  'provider_fees',
  'rounding',
  'bank',
  'loss',
];

// Why something was posted.
export type LedgerKind = 'sale' | 'settled' | 'refund' | 'refund_paid' | 'chargeback' | 'chargeback_won' | 'provider_fee'
  | 'reserve_released' | 'payout' | 'payout_sent' | 'payout_back' | 'adjusted' | 'remitted' | 'tax_paid' | 'written_off';
export const ledgerKindValues: readonly LedgerKind[] = [
  'sale',
  'settled',
  'refund',
  'refund_paid',
  'chargeback',
  'chargeback_won',
  'provider_fee',
  'reserve_released',
  'payout',
  'payout_sent',
  'payout_back',
  'adjusted',
  'remitted',
  'tax_paid',
  'written_off',
];

// Of a sale: in transit, delivered and waiting for its day, with its seller.
export type LedgerState = 'held' | 'due' | 'settled';
export const ledgerStateValues: readonly LedgerState[] = [
  'held',
  'due',
  'settled',
];

export type MarketChangeKind = 'market' | 'rule' | 'holiday';
export const marketChangeKindValues: readonly MarketChangeKind[] = [
  'market',
  'rule',
  'holiday',
];

// Durations, rates and amounts that the rules ask for; markets.h says what each means, its unit and its limits.
export type MarketRule = 'pay_minutes' | 'transfer_hours' | 'hold_minutes' | 'cancel_answer_hours' | 'ship_days'
  | 'ship_cancel_days' | 'transit_days' | 'complete_days' | 'return_days' | 'return_answer_hours' | 'return_ship_days'
  | 'return_confirm_days' | 'return_refile_hours' | 'fee_ppm' | 'fee_flat_minor' | 'refund_fee_keep_ppm'
  | 'refund_fee_keep_most_minor' | 'settle_fast_days' | 'settle_standard_days' | 'settle_slow_days' | 'settle_new_days'
  | 'reserve_ppm' | 'reserve_days' | 'payout_least_minor' | 'cod_refused_most' | 'cod_refused_days' | 'tax_inclusive'
  | 'tax_by_platform' | 'tax_by_line' | 'tax_rounding' | 'price_low_days' | 'utc_offset_minutes' | 'weekend' | 'daylight_saving';
export const marketRuleValues: readonly MarketRule[] = [
  'pay_minutes',
  'transfer_hours',
  'hold_minutes',
  'cancel_answer_hours',
  'ship_days',
  'ship_cancel_days',
  'transit_days',
  'complete_days',
  'return_days',
  'return_answer_hours',
  'return_ship_days',
  'return_confirm_days',
  'return_refile_hours',
  'fee_ppm',
  'fee_flat_minor',
  'refund_fee_keep_ppm',
  'refund_fee_keep_most_minor',
  'settle_fast_days',
  'settle_standard_days',
  'settle_slow_days',
  'settle_new_days',
  'reserve_ppm',
  'reserve_days',
  'payout_least_minor',
  'cod_refused_most',
  'cod_refused_days',
  'tax_inclusive',
  'tax_by_platform',
  'tax_by_line',
  'tax_rounding',
  'price_low_days',
  'utc_offset_minutes',
  'weekend',
  'daylight_saving',
];

export type MarketUnit = 'minutes' | 'hours' | 'days' | 'business_days' | 'ppm' | 'minor' | 'count' | 'yes_no' | 'choice'
  | 'offset' | 'weekdays';
export const marketUnitValues: readonly MarketUnit[] = [
  'minutes',
  'hours',
  'days',
  'business_days',
  'ppm',
  'minor',
  'count',
  'yes_no',
  'choice',
  'offset',
  'weekdays',
];

// Pricing: what a thing costs for whom, where and when, and why.
export type OfferKind = 'regular' | 'sale' | 'flash' | 'live' | 'creator';
export const offerKindValues: readonly OfferKind[] = [
  'regular',
  'sale',
  'flash',
  'live',
  'creator',
];

// What the caller may do with an order now.
export type OrderAction = 'pay' | 'cancel' | 'ask_cancel' | 'receive' | 'extend_look' | 'return' | 'refund' | 'pack' | 'ship'
  | 'extend_ship' | 'grant_cancel' | 'refuse_cancel' | 'deliver' | 'refused' | 'lost';
export const orderActionValues: readonly OrderAction[] = [
  'pay',
  'cancel',
  'ask_cancel',
  'receive',
  'extend_look',
  'return',
  'refund',
  'pack',
  'ship',
  'extend_ship',
  'grant_cancel',
  'refuse_cancel',
  'deliver',
  'refused',
  'lost',
];

export type OrderEventKind = 'placed' | 'paid' | 'payment_failed' | 'expired' | 'cancelled' | 'released' | 'packed' | 'shipped'
  | 'delivered' | 'completed' | 'cancel_asked' | 'cancel_refused' | 'cancel_granted' | 'extended' | 'late' | 'refused' | 'lost'
  | 'refund_due' | 'refund_sent' | 'refund_failed' | 'disputed' | 'dispute_won' | 'dispute_lost' | 'return_asked'
  | 'return_granted' | 'return_rejected' | 'return_escalated' | 'return_sent' | 'return_arrived' | 'return_closed' | 'note';
export const orderEventKindValues: readonly OrderEventKind[] = [
  'placed',
  'paid',
  'payment_failed',
  'expired',
  'cancelled',
  'released',
  'packed',
  'shipped',
  'delivered',
  'completed',
  'cancel_asked',
  'cancel_refused',
  'cancel_granted',
  'extended',
  'late',
  'refused',
  'lost',
  'refund_due',
  'refund_sent',
  'refund_failed',
  'disputed',
  'dispute_won',
  'dispute_lost',
  'return_asked',
  'return_granted',
  'return_rejected',
  'return_escalated',
  'return_sent',
  'return_arrived',
  'return_closed',
  'note',
];

// What a seller looks at first: past the promised day, or with a request to cancel that waits for an answer.
export type OrderFlag = 'late' | 'cancel_asked';
export const orderFlagValues: readonly OrderFlag[] = [
  'late',
  'cancel_asked',
];

// Checkouts, orders and their clocks, shipments, refunds, timelines. unpaid: held for the payment; on_hold: paid, the buyer may still cancel freely; awaiting_shipment; packed: waits for the carrier; partly_shipped; in_transit; delivered; completed; cancelled. Every state but the last two has a clock (Order.deadline).
export type OrderState = 'unpaid' | 'on_hold' | 'awaiting_shipment' | 'packed' | 'partly_shipped' | 'in_transit' | 'delivered'
  | 'completed' | 'cancelled';
export const orderStateValues: readonly OrderState[] = [
  'unpaid',
  'on_hold',
  'awaiting_shipment',
  'packed',
  'partly_shipped',
  'in_transit',
  'delivered',
  'completed',
  'cancelled',
];

// Payments: one interface for all providers.
export type PaymentMethod = 'cod' | 'test' | 'transfer' | 'card' | 'qris' | 'virtual_account';
export const paymentMethodValues: readonly PaymentMethod[] = [
  'cod',
  'test',
  'transfer',
  'card',
  'qris',
  'virtual_account',
];

export type PaymentState = 'pending' | 'action_needed' | 'processing' | 'succeeded' | 'failed' | 'cancelled' | 'refunded';
export const paymentStateValues: readonly PaymentState[] = [
  'pending',
  'action_needed',
  'processing',
  'succeeded',
  'failed',
  'cancelled',
  'refunded',
];

// Products, their options and variants, and pictures.
export type ProductState = 'draft' | 'active' | 'archived';
export const productStateValues: readonly ProductState[] = [
  'draft',
  'active',
  'archived',
];

export type PromotionKind = 'bundle' | 'quantity' | 'voucher' | 'shipping';
export const promotionKindValues: readonly PromotionKind[] = [
  'bundle',
  'quantity',
  'voucher',
  'shipping',
];

// The ledger: double entry, and what follows from it: settlements, payouts, statements. What happened to a part of an order, as its refund says; the fee rule follows from it.
export type RefundCause = 'cancelled' | 'returned' | 'lost' | 'seller_fault' | 'chargeback' | 'goodwill';
export const refundCauseValues: readonly RefundCause[] = [
  'cancelled',
  'returned',
  'lost',
  'seller_fault',
  'chargeback',
  'goodwill',
];

export type RefundState = 'due' | 'sent' | 'failed';
export const refundStateValues: readonly RefundState[] = [
  'due',
  'sent',
  'failed',
];

// What the caller may do with a return now.
export type ReturnAction = 'close' | 'send' | 'ask_again' | 'grant' | 'reject' | 'accept' | 'dispute' | 'decide';
export const returnActionValues: readonly ReturnAction[] = [
  'close',
  'send',
  'ask_again',
  'grant',
  'reject',
  'accept',
  'dispute',
  'decide',
];

export type ReturnKind = 'return_refund' | 'refund_only';
export const returnKindValues: readonly ReturnKind[] = [
  'return_refund',
  'refund_only',
];

export type ReturnReason = 'damaged' | 'wrong_item' | 'not_as_described' | 'incomplete' | 'not_arrived' | 'changed_mind'
  | 'other';
export const returnReasonValues: readonly ReturnReason[] = [
  'damaged',
  'wrong_item',
  'not_as_described',
  'incomplete',
  'not_arrived',
  'changed_mind',
  'other',
];

// Returns: what a buyer wants to give back, the seller's answer, the way back, and the clock of each step. asked: the seller has to answer (silence grants it); awaiting_return: granted, the buyer sends it; sent_back: the seller has to look (silence accepts it); disputed: the operator decides; rejected: the buyer may ask once more for a while; refunded; closed.
export type ReturnState = 'asked' | 'awaiting_return' | 'sent_back' | 'disputed' | 'rejected' | 'refunded' | 'closed';
export const returnStateValues: readonly ReturnState[] = [
  'asked',
  'awaiting_return',
  'sent_back',
  'disputed',
  'rejected',
  'refunded',
  'closed',
];

// Accounts, sessions, addresses.
export type Role = 'user' | 'operator';
export const roleValues: readonly Role[] = [
  'user',
  'operator',
];

// How soon a seller is paid after delivery.
export type SellerTier = 'fast' | 'standard' | 'slow' | 'new';
export const sellerTierValues: readonly SellerTier[] = [
  'fast',
  'standard',
  'slow',
  'new',
];

export type ShopState = 'open' | 'closed';
export const shopStateValues: readonly ShopState[] = [
  'open',
  'closed',
];

export type Side = 'buyer' | 'seller' | 'operator' | 'clock' | 'provider';
export const sideValues: readonly Side[] = [
  'buyer',
  'seller',
  'operator',
  'clock',
  'provider',
];

// Shops and who works in them.
export type StaffRole = 'owner' | 'manager' | 'packer';
export const staffRoleValues: readonly StaffRole[] = [
  'owner',
  'manager',
  'packer',
];

// Where units come from: the shop's free stock, or what was set aside for a flash sale, a live show or a creator.
export type StockPool = 'shop' | 'flash' | 'live' | 'creator';
export const stockPoolValues: readonly StockPool[] = [
  'shop',
  'flash',
  'live',
  'creator',
];

export type StockReason = 'opening' | 'received' | 'corrected' | 'lost' | 'returned' | 'sold';
export const stockReasonValues: readonly StockReason[] = [
  'opening',
  'received',
  'corrected',
  'lost',
  'returned',
  'sold',
];

// What a product is for tax. The first four are a country's own steps and mean nothing elsewhere, where `standard` is taken; food, books, children (clothes and shoes), medicine and luxury mean the same everywhere, at each country's rate for them. zero and exempt are free of tax everywhere. `shipping` is no product's: a place that taxes shipping unlike goods has a rate of that class.
export type TaxClass = 'standard' | 'reduced' | 'reduced2' | 'super_reduced' | 'zero' | 'exempt' | 'food' | 'books' | 'children'
  | 'medicine' | 'luxury' | 'shipping';
export const taxClassValues: readonly TaxClass[] = [
  'standard',
  'reduced',
  'reduced2',
  'super_reduced',
  'zero',
  'exempt',
  'food',
  'books',
  'children',
  'medicine',
  'luxury',
  'shipping',
];

export type UploadState = 'receiving' | 'complete' | 'used';
export const uploadStateValues: readonly UploadState[] = [
  'receiving',
  'complete',
  'used',
];

export interface Account {
  id: AccountId;
  handle?: string;
  role: Role;
  locale: string;
  email: string;
  name: string;
  created: Time;
}

export interface AccountEdit {
  name?: string | null;
  handle?: string | null;
  locale?: string | null;
}
export const accountEditLimits = {
  name: { min: 1, max: 80 },
  handle: { min: 3, max: 30 },
  locale: { min: 2, max: 5 },
} as const;

// The answer to a sign-up says nothing about whether the e-mail was known: see docs/decisions/0001.
export interface AccountMade {
  id: AccountId;
}

export interface AccountNew {
  email: string;
  password: string;
  name: string;
  handle?: string | null;
  locale?: string | null;
}
export const accountNewLimits = {
  email: { min: 3, max: 254 },
  password: { min: 10, max: 200 },
  name: { min: 1, max: 80 },
  handle: { min: 0, max: 30 },
  locale: { min: 2, max: 5 },
} as const;

export interface Address {
  id: AddressId;
  name: string;
  phone: string;
  line1: string;
  line2?: string;
  city: string;
  region?: string;
  postcode?: string;
  country: string;
  is_default: boolean;
}

export interface AddressNew {
  name: string;
  phone: string;
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postcode?: string | null;
  country: string;
}
export const addressNewLimits = {
  name: { min: 1, max: 80 },
  phone: { min: 5, max: 30 },
  line1: { min: 1, max: 120 },
  line2: { min: 0, max: 120 },
  city: { min: 1, max: 80 },
  region: { min: 0, max: 80 },
  postcode: { min: 0, max: 16 },
  country: { min: 2, max: 2 },
} as const;

export interface AddressPage {
  items: Address[];
  next?: string;
}

export interface AuditCount {
  rule: string;
  n: number;
}

// One promise that did not hold; id is the thing's that its rule speaks of.
export interface AuditFinding {
  rule: string;
  id: string;
  detail: string;
}

// The last audit, also of the command line's checks; items are the first 100 findings, rules count them all (100 of a rule at most).
export interface AuditResult {
  state: AuditState;
  started?: Time;
  took_ms: number;
  violations: number;
  rules: AuditCount[];
  items: AuditFinding[];
}

// The seller's answer to a request to cancel.
export interface CancelAnswer {
  grant: boolean;
  reason?: string | null;
}
export const cancelAnswerLimits = {
  reason: { min: 1, max: 200 },
} as const;

export interface CancelNew {
  reason?: string | null;
}
export const cancelNewLimits = {
  reason: { min: 1, max: 200 },
} as const;

export interface Cart {
  shops: CartShop[];
  count: number;
  totals: Money[];
  ready: boolean;
}

// total is price times quantity; discount is what promotions take off that.
export interface CartLine {
  variant: VariantId;
  product: ProductId;
  title: string;
  options: string[];
  sku: string;
  picture?: Picture;
  quantity: number;
  price: Money;
  was?: Money;
  seen_price: Money;
  total: Money;
  discount?: Money;
  discounts: Discount[];
  offer?: OfferKind;
  ends?: Time;
  limit?: number;
  available: number;
  problem: CartProblem;
  channel: Channel;
  clip?: ClipId;
}

// quantity 0 takes the line out. The quantity is absolute, so that a repeated request changes nothing.
export interface CartLinePut {
  variant: VariantId;
  quantity: number;
  clip?: ClipId | null;
}
export const cartLinePutLimits = {
  quantity: { min: 0, max: 99 },
} as const;

// One shop's lines: they become one order. total = subtotal - discount + shipping - shipping_discount + tax_added.
export interface CartShop {
  shop: ShopCard;
  lines: CartLine[];
  subtotal: Money;
  discount: Money;
  shipping: Money;
  shipping_discount: Money;
  shipping_discounts: Discount[];
  tax: Money;
  tax_added: Money;
  total: Money;
  free_shipping_over?: Money;
  dispatch_days: number;
  delivery_min_days: number;
  delivery_max_days: number;
  arrives_from: Time;
  arrives_to: Time;
  served: boolean;
  why?: string;
  cod: boolean;
  cod_why?: string;
}

export interface Checkout {
  id: CheckoutId;
  orders: OrderCard[];
  payment: Payment;
  total: Money;
  expires: Time;
}

// `expected` is the total that the shopper saw; when it differs from today's the checkout is refused (price_changed). Without it a checkout of the cart is refused when a price is no longer the one that was put in. Without `lines` the whole cart is bought; with them only those variants (buy now takes a quantity). Without `vouchers` the best lawful ones of the wallet are used; with them only those.
export interface CheckoutLine {
  variant: VariantId;
  quantity: number;
  clip?: ClipId | null;
}
export const checkoutLineLimits = {
  quantity: { min: 1, max: 99 },
} as const;

export interface CheckoutNew {
  address?: AddressId | null;
  ship_to?: AddressNew | null;
  method: PaymentMethod;
  expected?: Money | null;
  lines?: CheckoutLine[] | null;
  vouchers?: VoucherId[] | null;
}
export const checkoutNewLimits = {
  expected: { min: 0, max: 1000000000000000 },
  lines: { min: 0, max: 60 },
  vouchers: { min: 0, max: 20 },
} as const;

// Only its own staff see a clip that is not ready. fault is a slug of media.h, detail its sentence; may_retry says whether POST …/retry can help.
export interface Clip {
  id: ClipId;
  shop: ShopCard;
  caption: string;
  state: ClipState;
  progress: number;
  fault?: string;
  detail?: string;
  may_retry: boolean;
  playlist?: string;
  poster?: string;
  width: number;
  height: number;
  duration_ms: number;
  sound: boolean;
  likes: number;
  liked: boolean;
  products: ProductCard[];
  created: Time;
}

export interface ClipEdit {
  caption?: string | null;
  products?: ProductId[] | null;
  hidden?: boolean | null;
}
export const clipEditLimits = {
  caption: { min: 0, max: 2200 },
  products: { min: 0, max: 10 },
} as const;

export interface ClipNew {
  upload: UploadId;
  shop: ShopId;
  caption?: string | null;
  products: ProductId[];
}
export const clipNewLimits = {
  caption: { min: 0, max: 2200 },
  products: { min: 0, max: 10 },
} as const;

export interface ClipPage {
  items: Clip[];
  next?: string;
}

export interface DeliveryNews {
  kind: DeliveryKind;
  note?: string | null;
}
export const deliveryNewsLimits = {
  note: { min: 1, max: 200 },
} as const;

// One discount that was given on a line or on the shipping; `name` is what the buyer reads.
export interface Discount {
  promotion: PromotionId;
  kind: PromotionKind;
  name: string;
  funder: Funder;
  amount: Money;
}

// The feed: which clips, in which order. Not personal yet: by age and likes, see docs/decisions.
export interface FeedPage {
  items: Clip[];
  next?: string;
}

export interface Holiday {
  day: string;
  name: string;
  state: HolidayState;
}

export interface HolidayPage {
  market: OperatorMarket;
  items: Holiday[];
}

// state: announced or own; an expected day that has been announced is put again.
export interface HolidayPut {
  name: string;
  state: HolidayState;
  version: number;
}
export const holidayPutLimits = {
  name: { min: 1, max: 80 },
  version: { min: 1, max: 1000000000 },
} as const;

// `goods` is before `discount`. total = goods - discount + shipping + cod_fee + other, and `tax` on top when not inclusive. A credit note's amounts are what was given back.
export interface Invoice {
  id: InvoiceId;
  kind: InvoiceKind;
  number: string;
  shop: ShopId;
  order: OrderId;
  order_number: string;
  refund?: RefundId;
  issued: Time;
  language: string;
  seller: InvoiceSeller;
  buyer?: InvoiceBuyer;
  lines: InvoiceItem[];
  goods: Money;
  discount: Money;
  shipping: Money;
  cod_fee: Money;
  other: Money;
  tax: Money;
  total: Money;
  shipping_tax: Money;
  shipping_rate_ppm: number;
  inclusive: boolean;
  by_platform: boolean;
  country: string;
  method: string;
  reason?: string;
  credits?: string;
  taxes: InvoiceTax[];
  credit_notes: InvoiceCard[];
}

// Absent once the buyer has been erased.
export interface InvoiceBuyer {
  name: string;
  line1: string;
  line2?: string;
  city: string;
  region?: string;
  postcode?: string;
  country: string;
}

export interface InvoiceCard {
  id: InvoiceId;
  kind: InvoiceKind;
  number: string;
  order: OrderId;
  order_number: string;
  issued: Time;
  country: string;
  tax: Money;
  total: Money;
}

export interface InvoiceCardPage {
  items: InvoiceCard[];
  next?: string;
}

export interface InvoiceItem {
  title: string;
  options: string;
  sku: string;
  quantity: number;
  price: Money;
  discount: Money;
  total: Money;
  tax: Money;
  rate_ppm: number;
}

export interface InvoiceSeller {
  name: string;
  shop: string;
  address: string;
  country: string;
  tax_id: string;
  registration: string;
  note: string;
}

// Tax by name and rate. `base` is the amount before tax.
export interface InvoiceTax {
  name: string;
  rate_ppm: number;
  base_part: number;
  base_whole: number;
  base: Money;
  tax: Money;
}

export interface MarketChange {
  id: MarketChangeId;
  what: MarketChangeKind;
  rule?: MarketRule;
  was?: string;
  becomes?: string;
  why: string;
  by: string;
  at: Time;
}

export interface MarketChangePage {
  items: MarketChange[];
  next?: string;
}

// value is in force; shared is what all markets have. by and why are of the last change, absent as shipped.
export interface MarketNumber {
  rule: MarketRule;
  value: number;
  shared: number;
  own: boolean;
  unit: MarketUnit;
  least: number;
  most: number;
  since?: Time;
  by?: string;
  why?: string;
}

export interface MarketNumberPage {
  market: OperatorMarket;
  items: MarketNumber[];
}

// Without a value the market goes back to what all markets have.
export interface MarketNumberPut {
  value?: number | null;
  version: number;
  why: string;
}
export const marketNumberPutLimits = {
  value: { min: -1000000000000, max: 1000000000000 },
  version: { min: 1, max: 1000000000 },
  why: { min: 3, max: 300 },
} as const;

export interface MarketPage {
  items: ServedMarket[];
}

// version 0 makes a new market; otherwise the version that was shown.
export interface MarketPut {
  name: string;
  currency: Currency;
  is_open: boolean;
  version: number;
  why: string;
}
export const marketPutLimits = {
  name: { min: 1, max: 80 },
  version: { min: 0, max: 1000000000 },
  why: { min: 3, max: 300 },
} as const;

// Who is asking. account is absent for a guest or without a session.
export interface Me {
  account?: Account;
  csrf?: string;
  shops: ShopRole[];
  cart_count: number;
  demo: boolean;
}

// own_rules: how many numbers are not those of all markets. holidays: in this year and the next; holidays_until is the last day that is known, absent without any. The country "*" stands for all markets and has no currency.
export interface OperatorMarket {
  country: string;
  name: string;
  currency?: Currency;
  is_open: boolean;
  version: number;
  own_rules: number;
  holidays: number;
  holidays_until?: string;
}

export interface OperatorMarketPage {
  items: OperatorMarket[];
}

// total = subtotal - discount + shipping - shipping_discount + cod_fee + tax_added. `discounts` are those of the lines, added up by promotion. `answer_by`: when the seller's silence grants the request to cancel.
export interface Order {
  id: OrderId;
  number: string;
  checkout: CheckoutId;
  shop: ShopCard;
  state: OrderState;
  method: PaymentMethod;
  lines: OrderLine[];
  subtotal: Money;
  discount: Money;
  shipping: Money;
  shipping_discount: Money;
  shipping_discounts: Discount[];
  cod_fee: Money;
  tax: Money;
  tax_added: Money;
  tax_inclusive: boolean;
  total: Money;
  refunded?: Money;
  discounts: Discount[];
  refunds: OrderRefund[];
  ship_to?: ShipTo;
  shipments: Shipment[];
  timeline: OrderEvent[];
  placed: Time;
  pay_by?: Time;
  ship_by?: Time;
  deliver_from?: Time;
  deliver_to?: Time;
  delivered?: Time;
  deadline?: Time;
  return_by?: Time;
  cancel_asked?: string;
  answer_by?: Time;
  cancel_refused: boolean;
  actions: OrderAction[];
}

export interface OrderCard {
  id: OrderId;
  number: string;
  shop: ShopCard;
  state: OrderState;
  total: Money;
  refunded?: Money;
  count: number;
  title: string;
  picture?: string;
  placed: Time;
  pay_by?: Time;
  ship_by?: Time;
  deliver_from?: Time;
  deliver_to?: Time;
  deadline?: Time;
  cancel_asked: boolean;
  answer_by?: Time;
}

export interface OrderCardPage {
  items: OrderCard[];
  next?: string;
}

// How many orders of a shop stand in each state, what is late and what waits for an answer.
export interface OrderCounts {
  unpaid: number;
  on_hold: number;
  awaiting_shipment: number;
  packed: number;
  partly_shipped: number;
  in_transit: number;
  delivered: number;
  late: number;
  cancel_asked: number;
}

export interface OrderEvent {
  kind: OrderEventKind;
  side: Side;
  at: Time;
  note?: string;
}

// goods, discount and tax are of the whole line; refunded: units whose money went back.
export interface OrderLine {
  id: OrderLineId;
  variant: VariantId;
  product: ProductId;
  title: string;
  options: string;
  sku: string;
  picture?: string;
  quantity: number;
  price: Money;
  was?: Money;
  total: Money;
  discount?: Money;
  tax?: Money;
  rate_ppm?: number;
  shipped?: number;
  refunded?: number;
  channel: Channel;
  clip?: ClipId;
}

// buyer = goods - discounts + shipping + cod_fee + tax_added: what goes back to the buyer.
export interface OrderRefund {
  id: RefundId;
  cause: RefundCause;
  reason: string;
  amount: Money;
  goods: Money;
  discount: Money;
  shipping: Money;
  tax: Money;
  state: RefundState;
  at: Time;
}

export interface PasswordChange {
  old: string;
  new: string;
}
export const passwordChangeLimits = {
  old: { min: 1, max: 200 },
  new: { min: 10, max: 200 },
} as const;

export interface Payment {
  id: PaymentId;
  method: PaymentMethod;
  state: PaymentState;
  checkout: CheckoutId;
  amount: Money;
  refunded?: Money;
  reason?: string;
  next_step?: string;
}

// The test provider's second step, as a bank's page would ask it. Only in demo mode.
export interface PaymentStep {
  approve: boolean;
}

export interface Picture {
  id: PictureId;
  url: string;
  width: number;
  height: number;
  colour: string;
}

export interface Product {
  id: ProductId;
  shop: ShopCard;
  title: string;
  description: string;
  category: string;
  state: ProductState;
  options: ProductOption[];
  variants: Variant[];
  pictures: Picture[];
  price_from: Money;
  price_to: Money;
  dispatch_days: number;
  delivery_min_days: number;
  delivery_max_days: number;
  shipping: Money;
  free_shipping_over?: Money;
  cod: boolean;
  version: number;
  created: Time;
  updated: Time;
}

// What a chip on a clip, a grid or the studio's list shows.
export interface ProductCard {
  id: ProductId;
  title: string;
  state: ProductState;
  price_from: Money;
  price_to: Money;
  picture?: Picture;
  available: boolean;
}

export interface ProductCardPage {
  items: ProductCard[];
  next?: string;
}

// Every field absent stays as it is. A list given replaces the list: variants that have an id are changed, those without are added, those left out are taken off sale. Stock here is for new variants only.
export interface ProductEdit {
  title?: string | null;
  description?: string | null;
  category?: string | null;
  options?: ProductOption[] | null;
  variants?: VariantNew[] | null;
  pictures?: PictureId[] | null;
  state?: ProductState | null;
  version: number;
}
export const productEditLimits = {
  title: { min: 1, max: 255 },
  description: { min: 0, max: 8000 },
  category: { min: 0, max: 60 },
  options: { min: 0, max: 3 },
  variants: { min: 0, max: 100 },
  pictures: { min: 0, max: 9 },
  version: { min: 1, max: 1000000000 },
} as const;

export interface ProductNew {
  title: string;
  description?: string | null;
  category?: string | null;
  options: ProductOption[];
  variants: VariantNew[];
  pictures: PictureId[];
  state?: ProductState | null;
}
export const productNewLimits = {
  title: { min: 1, max: 255 },
  description: { min: 0, max: 8000 },
  category: { min: 0, max: 60 },
  options: { min: 0, max: 3 },
  variants: { min: 0, max: 100 },
  pictures: { min: 0, max: 9 },
} as const;

export interface ProductOption {
  name: string;
  values: string[];
}
export const productOptionLimits = {
  name: { min: 1, max: 40 },
  values: { min: 0, max: 50 },
} as const;

export interface ProductTax {
  class: TaxClass;
}

export interface Quote {
  shops: QuoteShop[];
  subtotal: Money;
  discount: Money;
  shipping: Money;
  cod_fee: Money;
  tax: Money;
  tax_added: Money;
  total: Money;
  vouchers: VoucherId[];
  cod: boolean;
  methods: PaymentMethod[];
}

// What a checkout would cost, before anything is held.
export interface QuoteLine {
  variant: VariantId;
  title: string;
  quantity: number;
  price: Money;
  was?: Money;
  total: Money;
  discount?: Money;
  discounts: Discount[];
  tax: Money;
}

// Where it would go to: one of the caller's addresses, or a country (and postcode). `method` cod adds its fee.
export interface QuoteNew {
  lines?: CheckoutLine[] | null;
  address?: AddressId | null;
  country?: string | null;
  region?: string | null;
  postcode?: string | null;
  method?: PaymentMethod | null;
  vouchers?: VoucherId[] | null;
}
export const quoteNewLimits = {
  lines: { min: 0, max: 60 },
  country: { min: 2, max: 2 },
  region: { min: 0, max: 80 },
  postcode: { min: 0, max: 16 },
  vouchers: { min: 0, max: 20 },
} as const;

export interface QuoteShop {
  shop: ShopCard;
  lines: QuoteLine[];
  subtotal: Money;
  discount: Money;
  shipping: Money;
  shipping_discount: Money;
  shipping_discounts: Discount[];
  cod_fee: Money;
  tax: Money;
  tax_added: Money;
  tax_inclusive: boolean;
  total: Money;
  arrives_from: Time;
  arrives_to: Time;
  cod: boolean;
  cod_why?: string;
}

// Money that goes back to a buyer: due until the provider has sent it, or until the operator has paid it by hand.
export interface Refund {
  id: RefundId;
  amount: Money;
  state: RefundState;
  reason?: string;
  at: Time;
}

// A part of an order goes back: units of lines, or an amount as goodwill; `shipping` gives that back too.
export interface RefundLine {
  line: OrderLineId;
  quantity: number;
}
export const refundLineLimits = {
  quantity: { min: 1, max: 99 },
} as const;

export interface RefundNew {
  lines?: RefundLine[] | null;
  amount?: Money | null;
  shipping?: boolean | null;
  reason: string;
}
export const refundNewLimits = {
  lines: { min: 0, max: 60 },
  amount: { min: 0, max: 1000000000000000 },
  reason: { min: 1, max: 200 },
} as const;

export interface RefundPreview {
  amount: Money;
  left: Money;
}

// What a refund would give back, and what would be left of the order afterwards.
export interface RefundPreviewNew {
  lines?: RefundLine[] | null;
  amount?: Money | null;
  shipping?: boolean | null;
}
export const refundPreviewNewLimits = {
  lines: { min: 0, max: 60 },
  amount: { min: 0, max: 1000000000000000 },
} as const;

export interface Return {
  id: ReturnId;
  order: OrderId;
  number: string;
  shop: ShopCard;
  kind: ReturnKind;
  reason: ReturnReason;
  note: string;
  answer?: string;
  state: ReturnState;
  lines: ReturnLine[];
  photos: string[];
  shipping: boolean;
  amount: Money;
  carrier?: string;
  tracking?: string;
  refund?: RefundId;
  deadline?: Time;
  opened: Time;
  timeline: ReturnEvent[];
  actions: ReturnAction[];
}

export interface ReturnCard {
  id: ReturnId;
  order: OrderId;
  number: string;
  kind: ReturnKind;
  reason: ReturnReason;
  state: ReturnState;
  amount: Money;
  deadline?: Time;
  opened: Time;
}

export interface ReturnCardPage {
  items: ReturnCard[];
  next?: string;
}

export interface ReturnEvent {
  state: ReturnState;
  side: Side;
  note?: string;
  at: Time;
}

export interface ReturnLine {
  line: OrderLineId;
  title: string;
  quantity: number;
  damaged: number;
}

export interface ReturnLineNew {
  line: OrderLineId;
  quantity: number;
}
export const returnLineNewLimits = {
  quantity: { min: 1, max: 99 },
} as const;

// Photos are pictures that the caller has uploaded; damaged, wrong and incomplete things need one.
export interface ReturnNew {
  kind: ReturnKind;
  reason: ReturnReason;
  note?: string | null;
  lines: ReturnLineNew[];
  photos?: PictureId[] | null;
}
export const returnNewLimits = {
  note: { min: 0, max: 1000 },
  lines: { min: 1, max: 60 },
  photos: { min: 0, max: 6 },
} as const;

export interface ReturnPreview {
  amount: Money;
}

// What the buyer, the seller or the operator does next. `carrier` and `tracking` belong to send, `damaged` (units per line that cannot be sold again) to accept; reject, dispute and decide need a note. decide: `grant` says for whom.
export interface ReturnStep {
  action: ReturnAction;
  note?: string | null;
  carrier?: string | null;
  tracking?: string | null;
  damaged?: ReturnLineNew[] | null;
  grant?: boolean | null;
}
export const returnStepLimits = {
  note: { min: 1, max: 300 },
  carrier: { min: 1, max: 60 },
  tracking: { min: 1, max: 60 },
  damaged: { min: 0, max: 60 },
} as const;

// A country that is served here.
export interface ServedMarket {
  country: string;
  name: string;
  currency: Currency;
}

export interface Session {
  id: SessionId;
  created: Time;
  seen: Time;
  expires: Time;
  agent: string;
  current: boolean;
}

export interface SessionMade {
  token: string;
  csrf: string;
  account: Account;
  expires: Time;
}

export interface SessionNew {
  email: string;
  password: string;
}
export const sessionNewLimits = {
  email: { min: 1, max: 254 },
  password: { min: 1, max: 200 },
} as const;

export interface SessionPage {
  items: Session[];
  next?: string;
}

// The buyer's address as it was at checkout. The seller sees it from payment until completion.
export interface ShipTo {
  name: string;
  phone: string;
  line1: string;
  line2?: string;
  city: string;
  region?: string;
  postcode?: string;
  country: string;
}

export interface Shipment {
  id: ShipmentId;
  carrier: string;
  tracking: string;
  at: Time;
  lines: ShipmentLine[];
}

export interface ShipmentLine {
  line: OrderLineId;
  quantity: number;
}
export const shipmentLineLimits = {
  quantity: { min: 1, max: 99 },
} as const;

// Without lines everything that has not been sent yet.
export interface ShipmentNew {
  carrier: string;
  tracking: string;
  lines?: ShipmentLine[] | null;
}
export const shipmentNewLimits = {
  carrier: { min: 1, max: 60 },
  tracking: { min: 1, max: 60 },
  lines: { min: 0, max: 60 },
} as const;

export interface Shop {
  id: ShopId;
  handle: string;
  name: string;
  about: string;
  currency: Currency;
  country: string;
  city: string;
  shipping_minor: number;
  free_over_minor?: number;
  dispatch_days: number;
  delivery_min_days: number;
  delivery_max_days: number;
  cod: boolean;
  orders_per_day?: number;
  picture?: string;
  state: ShopState;
  created: Time;
}

// What stands beside a clip or a product.
export interface ShopCard {
  id: ShopId;
  handle: string;
  name: string;
  picture?: string;
  city: string;
}

// Every field absent stays as it is; a free_shipping_over or orders_per_day of 0 takes it away. Only an owner changes cod and state.
export interface ShopEdit {
  name?: string | null;
  about?: string | null;
  city?: string | null;
  shipping?: Money | null;
  free_shipping_over?: Money | null;
  dispatch_days?: number | null;
  delivery_min_days?: number | null;
  delivery_max_days?: number | null;
  picture?: PictureId | null;
  cod?: boolean | null;
  orders_per_day?: number | null;
  state?: ShopState | null;
}
export const shopEditLimits = {
  name: { min: 1, max: 80 },
  about: { min: 0, max: 2000 },
  city: { min: 1, max: 80 },
  shipping: { min: 0, max: 1000000000 },
  free_shipping_over: { min: 0, max: 1000000000000000 },
  dispatch_days: { min: 0, max: 30 },
  delivery_min_days: { min: 0, max: 60 },
  delivery_max_days: { min: 0, max: 90 },
  orders_per_day: { min: 0, max: 1000000 },
} as const;

export interface ShopNew {
  name: string;
  handle: string;
  about?: string | null;
  currency: Currency;
  country: string;
  city?: string | null;
  shipping: Money;
  free_shipping_over?: Money | null;
  dispatch_days: number;
  delivery_min_days: number;
  delivery_max_days: number;
}
export const shopNewLimits = {
  name: { min: 1, max: 80 },
  handle: { min: 3, max: 30 },
  about: { min: 0, max: 2000 },
  country: { min: 2, max: 2 },
  city: { min: 1, max: 80 },
  shipping: { min: 0, max: 1000000000 },
  free_shipping_over: { min: 0, max: 1000000000000000 },
  dispatch_days: { min: 0, max: 30 },
  delivery_min_days: { min: 0, max: 60 },
  delivery_max_days: { min: 0, max: 90 },
} as const;

// Who is asking: the account, the shops it works in and how full the cart is, in one answer.
export interface ShopRole {
  shop: ShopId;
  handle: string;
  name: string;
  role: StaffRole;
}

export interface Staff {
  account: AccountId;
  role: StaffRole;
  name: string;
  added: Time;
}

// Who works here already gets the new role. By handle, which is public: an e-mail would tell whether it has an account.
export interface StaffNew {
  handle: string;
  role: StaffRole;
}
export const staffNewLimits = {
  handle: { min: 3, max: 30 },
} as const;

export interface StaffPage {
  items: Staff[];
  next?: string;
}

// Stock: on hand and held, changed only by movements.
export interface StockChange {
  delta: number;
  reason: StockReason;
  note?: string | null;
}
export const stockChangeLimits = {
  delta: { min: -1000000, max: 1000000 },
  note: { min: 0, max: 200 },
} as const;

export interface StockLevel {
  variant: VariantId;
  on_hand: number;
  held: number;
}

export interface StockMovement {
  id: StockMovementId;
  variant: VariantId;
  on_hand_delta: number;
  reason: StockReason;
  note?: string;
  at: Time;
}

export interface StockMovementPage {
  items: StockMovement[];
  next?: string;
}

export interface StudioProduct {
  product: Product;
  variants: StudioVariant[];
}

// The studio's view: stock in full.
export interface StudioVariant {
  id: VariantId;
  sku: string;
  options: string[];
  price: Money;
  compare_at?: Money;
  on_hand: number;
  held: number;
  active: boolean;
}

// What invoices say of the seller. Without a legal name the shop's name stands there.
export interface TaxDetails {
  legal_name: string;
  address: string;
  country: string;
  tax_id: string;
  registration: string;
  charges_tax: boolean;
  prefix: string;
  note: string;
  updated?: Time;
}

// charges_tax false: a small business below its country's threshold, which may not charge tax.
export interface TaxDetailsNew {
  legal_name: string;
  address: string;
  tax_id: string;
  registration: string;
  charges_tax: boolean;
  prefix: string;
  note: string;
}
export const taxDetailsNewLimits = {
  legal_name: { min: 0, max: 200 },
  address: { min: 0, max: 500 },
  tax_id: { min: 0, max: 40 },
  registration: { min: 0, max: 80 },
  prefix: { min: 0, max: 12 },
  note: { min: 0, max: 500 },
} as const;

// A share of the price: nominal_ppm on base_part/base_whole of it (Indonesia: 12 % on 11/12). Days are ISO dates; `until` is the first day on which it holds no longer. `parts` are the names and ppm that an invoice states one by one.
export interface TaxRate {
  id: TaxRateId;
  country: string;
  region: string;
  class: TaxClass;
  from: string;
  until?: string;
  name: string;
  rate_ppm: number;
  nominal_ppm: number;
  base_part: number;
  base_whole: number;
  parts?: string;
  shipped: boolean;
  at: Time;
}

// The same place, class and first day again replaces the operator's own rate; a shipped one is overridden, never changed.
export interface TaxRateNew {
  country: string;
  region?: string | null;
  class: TaxClass;
  from: string;
  until?: string | null;
  name: string;
  nominal_ppm: number;
  base_part?: number | null;
  base_whole?: number | null;
  parts?: string | null;
}
export const taxRateNewLimits = {
  country: { min: 2, max: 2 },
  region: { min: 0, max: 10 },
  from: { min: 10, max: 10 },
  until: { min: 10, max: 10 },
  name: { min: 1, max: 40 },
  nominal_ppm: { min: 0, max: 1000000 },
  base_part: { min: 1, max: 1000 },
  base_whole: { min: 1, max: 1000 },
  parts: { min: 0, max: 200 },
} as const;

export interface TaxRatePage {
  items: TaxRate[];
  next?: string;
}

export interface Upload {
  id: UploadId;
  state: UploadState;
  length: number;
  offset: number;
  name: string;
  created: Time;
  expires: Time;
}

export interface UploadPage {
  items: Upload[];
  next?: string;
}

// stock is the number left when it is low (at most 10), absent when there is plenty or none.
export interface Variant {
  id: VariantId;
  sku: string;
  options: string[];
  price: Money;
  compare_at?: Money;
  available: boolean;
  stock?: number;
}

export interface VariantNew {
  id?: VariantId | null;
  sku: string;
  options: string[];
  price: Money;
  compare_at?: Money | null;
  stock?: number | null;
}
export const variantNewLimits = {
  sku: { min: 1, max: 64 },
  options: { min: 0, max: 3 },
  price: { min: 1, max: 1000000000000 },
  compare_at: { min: 1, max: 1000000000000 },
  stock: { min: 0, max: 1000000 },
} as const;

// What a wallet holds.
export interface VoucherPick {
  vouchers: VoucherId[];
  offer?: OfferId;
}
