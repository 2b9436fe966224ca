// The types of the wire. Written by tools/gen; do not edit.

export type Time = string;         // ISO 8601, UTC
export type Currency = string;     // ISO 4217
// Whole minor units.
export interface Money { minor: number; currency: Currency }

export type AccountId = string & { readonly __id?: 'Account' };
export type AddressId = string & { readonly __id?: 'Address' };
export type ChallengeId = string & { readonly __id?: 'Challenge' };
export type CheckoutId = string & { readonly __id?: 'Checkout' };
export type ClipId = string & { readonly __id?: 'Clip' };
export type ClipSaveId = string & { readonly __id?: 'ClipSave' };
export type CommentId = string & { readonly __id?: 'Comment' };
export type FeedRuleId = string & { readonly __id?: 'FeedRule' };
export type InvoiceId = string & { readonly __id?: 'Invoice' };
export type LedgerPostingId = string & { readonly __id?: 'LedgerPosting' };
export type MarketChangeId = string & { readonly __id?: 'MarketChange' };
export type NoticeGroupId = string & { readonly __id?: 'NoticeGroup' };
export type OfferId = string & { readonly __id?: 'Offer' };
export type OrderId = string & { readonly __id?: 'Order' };
export type OrderLineId = string & { readonly __id?: 'OrderLine' };
export type PaymentId = string & { readonly __id?: 'Payment' };
export type PayoutBatchId = string & { readonly __id?: 'PayoutBatch' };
export type PayoutId = string & { readonly __id?: 'Payout' };
export type PersonBlockId = string & { readonly __id?: 'PersonBlock' };
export type PersonFollowId = string & { readonly __id?: 'PersonFollow' };
export type PictureId = string & { readonly __id?: 'Picture' };
export type PriceChangeId = string & { readonly __id?: 'PriceChange' };
export type ProductId = string & { readonly __id?: 'Product' };
export type PromotionId = string & { readonly __id?: 'Promotion' };
export type RefundId = string & { readonly __id?: 'Refund' };
export type ReturnId = string & { readonly __id?: 'Return' };
export type SessionId = string & { readonly __id?: 'Session' };
export type ShipmentId = string & { readonly __id?: 'Shipment' };
export type ShopId = string & { readonly __id?: 'Shop' };
export type StaffInvitationId = string & { readonly __id?: 'StaffInvitation' };
export type StockIncomingId = string & { readonly __id?: 'StockIncoming' };
export type StockMovementId = string & { readonly __id?: 'StockMovement' };
export type StockPoolId = string & { readonly __id?: 'StockPool' };
export type TaxRateId = string & { readonly __id?: 'TaxRate' };
export type UploadId = string & { readonly __id?: 'Upload' };
export type VariantId = string & { readonly __id?: 'Variant' };
export type VoucherId = string & { readonly __id?: 'Voucher' };
export type WarehouseId = string & { readonly __id?: 'Warehouse' };

// The whole program, as its operator sees it.
export type AuditState = 'never' | 'running' | 'done' | 'failed';
export const auditStateValues: readonly AuditState[] = [
  'never',
  'running',
  'done',
  'failed',
];

// remitted: a provider or the carriers have paid what they held (method), and kept `charge` of it for themselves. tax_paid: to the authority of `country`. adjusted: `amount` to the seller (or from it) against loss, fees, shipping or promotions. written_off: what a provider or carrier will never pay.
export type BookingKind = 'remitted' | 'tax_paid' | 'adjusted' | 'written_off';
export const bookingKindValues: readonly BookingKind[] = [
  'remitted',
  'tax_paid',
  'adjusted',
  'written_off',
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

// standing; left: whoever made the clip took it out; dropped: whoever started the challenge, or an operator.
export type ChallengeEntryState = 'standing' | 'left' | 'dropped';
export const challengeEntryStateValues: readonly ChallengeEntryState[] = [
  'standing',
  'left',
  'dropped',
];

export type ChallengeFault = 'spam' | 'unsafe' | 'not_theirs' | 'other';
export const challengeFaultValues: readonly ChallengeFault[] = [
  'spam',
  'unsafe',
  'not_theirs',
  'other',
];

// ended: its time is over, or whoever started it has ended it. withdrawn: there are no winners. removed: by an operator.
export type ChallengeState = 'open' | 'ended' | 'withdrawn' | 'removed';
export const challengeStateValues: readonly ChallengeState[] = [
  'open',
  'ended',
  'withdrawn',
  'removed',
];

// The cart: lines by variant, remembering where they were put in, under which offer and at what price.
export type Channel = 'shop' | 'clip' | 'live' | 'creator';
export const channelValues: readonly Channel[] = [
  'shop',
  'clip',
  'live',
  'creator',
];

// Clips: uploads (tus 1.0), their way to being played, product tags; likes, saves, shares, hashtags, sounds.
export type ClipState = 'processing' | 'ready' | 'failed' | 'hidden';
export const clipStateValues: readonly ClipState[] = [
  'processing',
  'ready',
  'failed',
  'hidden',
];

export type CodNo = 'none' | 'shop' | 'zone' | 'too_large' | 'refused';
export const codNoValues: readonly CodNo[] = [
  'none',
  'shop',
  'zone',
  'too_large',
  'refused',
];

// What became of a parcel: delivered, refused at the door (it comes back), or lost by the carrier.
export type DeliveryKind = 'delivered' | 'refused' | 'lost';
export const deliveryKindValues: readonly DeliveryKind[] = [
  'delivered',
  'refused',
  'lost',
];

// How much selling: of ten clips none, at most 2, at most 4, as it comes, at least 6 where there are so many.
export type FeedDial = 'none' | 'little' | 'some' | 'open' | 'mostly';
export const feedDialValues: readonly FeedDial[] = [
  'none',
  'little',
  'some',
  'open',
  'mostly',
];

// What an app tells. Orders, what is kept and what comes back the server knows itself. The numbers are those of rank/rank.h.
export type FeedEventKind = 'impression' | 'watch' | 'skip' | 'sound_on' | 'like' | 'unlike' | 'save' | 'unsave' | 'share'
  | 'comment' | 'follow' | 'unfollow' | 'tap' | 'sheet' | 'cart' | 'not_interested' | 'report';
export const feedEventKindValues: readonly FeedEventKind[] = [
  'impression',
  'watch',
  'skip',
  'sound_on',
  'like',
  'unlike',
  'save',
  'unsave',
  'share',
  'comment',
  'follow',
  'unfollow',
  'tap',
  'sheet',
  'cart',
  'not_interested',
  'report',
];

export type FeedFault = 'unknown_clip' | 'bad_time' | 'bad_value' | 'no_consent';
export const feedFaultValues: readonly FeedFault[] = [
  'unknown_clip',
  'bad_time',
  'bad_value',
  'no_consent',
];

// for_you: learned from what this person does, for who has agreed to that. following: of the shops and people whom this person follows, the newest first. popular: by time and likes, the same for everyone.
export type FeedMode = 'for_you' | 'following' | 'popular';
export const feedModeValues: readonly FeedMode[] = [
  'for_you',
  'following',
  'popular',
];

// How the feed is ordered, from the running program: what each expected outcome weighs, in parts of a million, and the other numbers.
export type FeedOutcome = 'finish' | 'watched' | 'liked' | 'followed' | 'shared' | 'tapped' | 'carted' | 'kept_order'
  | 'skipped' | 'unwanted';
export const feedOutcomeValues: readonly FeedOutcome[] = [
  'finish',
  'watched',
  'liked',
  'followed',
  'shared',
  'tapped',
  'carted',
  'kept_order',
  'skipped',
  'unwanted',
];

// Why a clip is shown. topic, category, creator, shop, price: this person likes what is like it in that; followed: its maker or its shop is; similar: it is like a clip that this person liked, watched or bought from; next: what others wanted after such a clip; exploring: nobody knows yet who likes it; new_shop: a new shop's share of views.
export type FeedReasonKind = 'topic' | 'category' | 'creator' | 'shop' | 'followed' | 'similar' | 'next' | 'popular' | 'rising'
  | 'fresh' | 'new_shop' | 'price' | 'exploring';
export const feedReasonKindValues: readonly FeedReasonKind[] = [
  'topic',
  'category',
  'creator',
  'shop',
  'followed',
  'similar',
  'next',
  'popular',
  'rising',
  'fresh',
  'new_shop',
  'price',
  'exploring',
];

export type FeedRuleKind = 'clip' | 'shop' | 'creator' | 'topic' | 'category';
export const feedRuleKindValues: readonly FeedRuleKind[] = [
  'clip',
  'shop',
  'creator',
  'topic',
  'category',
];

// What the feed has inferred of a person, the strongest first; strength below 0 is dislike.
export type FeedTraitKind = 'topic' | 'category' | 'creator' | 'shop' | 'price' | 'language';
export const feedTraitKindValues: readonly FeedTraitKind[] = [
  'topic',
  'category',
  'creator',
  'shop',
  'price',
  'language',
];

// Whom a voucher is for: everyone, who has not yet bought in the shop, who has not yet bought at all.
export type FirstOrder = 'no' | 'shop' | 'platform';
export const firstOrderValues: readonly FirstOrder[] = [
  'no',
  'shop',
  'platform',
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
  | 'tax' | 'shipping' | 'commission' | 'provider_fees' | 'rounding' | 'bank' | 'loss' | 'surplus';
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
  'surplus',
];

// Why something was posted.
export type LedgerKind = 'sale' | 'settled' | 'refund' | 'refund_paid' | 'chargeback' | 'chargeback_won' | 'provider_fee'
  | 'reserve_released' | 'payout' | 'payout_sent' | 'payout_back' | 'adjusted' | 'remitted' | 'tax_paid' | 'written_off'
  | 'refund_back' | 'surplus' | 'surplus_paid' | 'surplus_back';
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
  'refund_back',
  'surplus',
  'surplus_paid',
  'surplus_back',
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
  | 'tax_by_platform' | 'tax_by_line' | 'tax_rounding' | 'price_low_days' | 'utc_offset_minutes' | 'weekend' | 'daylight_saving'
  | 'exchanges' | 'event_days';
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
  'exchanges',
  'event_days',
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

// What a person is told of, and which kinds of it they want. The inbox itself is in social.api: it shows clips and comments.
export type NoticeKind = 'follow' | 'like' | 'comment_like' | 'comment' | 'reply' | 'mention' | 'challenge' | 'invitation';
export const noticeKindValues: readonly NoticeKind[] = [
  'follow',
  'like',
  'comment_like',
  'comment',
  'reply',
  'mention',
  'challenge',
  'invitation',
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
  | 'return_granted' | 'return_rejected' | 'return_escalated' | 'return_sent' | 'return_arrived' | 'return_closed' | 'note'
  | 'replacement_due' | 'replacement_sent' | 'exchanged';
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
  'replacement_due',
  'replacement_sent',
  'exchanged',
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

// What a row of money that goes back is: a part of the payment; what came in beyond it; what a carrier never collected.
export type PayBackKind = 'refund' | 'surplus' | 'uncollected';
export const payBackKindValues: readonly PayBackKind[] = [
  'refund',
  'surplus',
  'uncollected',
];

// What a provider, a bank or the operator has said about a payment.
export type PaymentEventKind = 'succeeded' | 'failed' | 'action_needed' | 'processing' | 'cancelled' | 'received'
  | 'refund_sent' | 'refund_failed' | 'disputed' | 'dispute_won' | 'dispute_lost' | 'fee' | 'payout_sent' | 'payout_failed'
  | 'uncollected' | 'ignored' | 'surplus' | 'surplus_sent' | 'surplus_back';
export const paymentEventKindValues: readonly PaymentEventKind[] = [
  'succeeded',
  'failed',
  'action_needed',
  'processing',
  'cancelled',
  'received',
  'refund_sent',
  'refund_failed',
  'disputed',
  'dispute_won',
  'dispute_lost',
  'fee',
  'payout_sent',
  'payout_failed',
  'uncollected',
  'ignored',
  'surplus',
  'surplus_sent',
  'surplus_back',
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

// For the operator: what is known of a payment.
export type PaymentShow = 'open' | 'late' | 'all';
export const paymentShowValues: readonly PaymentShow[] = [
  'open',
  'late',
  'all',
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

// Why it wants a look: past its time and still open; only a part has come in; its provider has not answered for long.
export type PaymentTrouble = 'none' | 'late' | 'part' | 'silent';
export const paymentTroubleValues: readonly PaymentTrouble[] = [
  'none',
  'late',
  'part',
  'silent',
];

export type PayoutAccountState = 'given' | 'verified';
export const payoutAccountStateValues: readonly PayoutAccountState[] = [
  'given',
  'verified',
];

export type PayoutSchedule = 'manual' | 'daily' | 'weekly' | 'monthly';
export const payoutScheduleValues: readonly PayoutSchedule[] = [
  'manual',
  'daily',
  'weekly',
  'monthly',
];

export type PayoutState = 'requested' | 'approved' | 'sent' | 'refused' | 'failed';
export const payoutStateValues: readonly PayoutState[] = [
  'requested',
  'approved',
  'sent',
  'refused',
  'failed',
];

// What the timer has seen of an offer or a promotion. Whether a price holds is decided by the clock.
export type PlanState = 'scheduled' | 'running' | 'ended' | 'cancelled';
export const planStateValues: readonly PlanState[] = [
  'scheduled',
  'running',
  'ended',
  'cancelled',
];

// Where a price holds: in every channel that has none of its own, or in one.
export type PriceChannel = 'any' | 'shop' | 'clip' | 'live' | 'creator';
export const priceChannelValues: readonly PriceChannel[] = [
  'any',
  'shop',
  'clip',
  'live',
  'creator',
];

export type PriceMethod = 'percent' | 'amount' | 'fixed';
export const priceMethodValues: readonly PriceMethod[] = [
  'percent',
  'amount',
  'fixed',
];

export type PriceOutcome = 'applied' | 'beaten' | 'not_cheaper' | 'not_started' | 'over' | 'sold_out' | 'dropped'
  | 'other_channel' | 'other_market';
export const priceOutcomeValues: readonly PriceOutcome[] = [
  'applied',
  'beaten',
  'not_cheaper',
  'not_started',
  'over',
  'sold_out',
  'dropped',
  'other_channel',
  'other_market',
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

export type PromotionOutcome = 'applied' | 'beaten' | 'below_minimum' | 'out_of_scope' | 'incomplete' | 'tier' | 'nothing_left'
  | 'budget' | 'not_started' | 'over' | 'market' | 'currency' | 'first_order' | 'follower' | 'uses' | 'person' | 'guest'
  | 'unclaimed' | 'other_shop' | 'too_many';
export const promotionOutcomeValues: readonly PromotionOutcome[] = [
  'applied',
  'beaten',
  'below_minimum',
  'out_of_scope',
  'incomplete',
  'tier',
  'nothing_left',
  'budget',
  'not_started',
  'over',
  'market',
  'currency',
  'first_order',
  'follower',
  'uses',
  'person',
  'guest',
  'unclaimed',
  'other_shop',
  'too_many',
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
export type ReturnAction = 'close' | 'send' | 'ask_again' | 'grant' | 'reject' | 'accept' | 'dispute' | 'decide'
  | 'send_replacement' | 'refund' | 'receive';
export const returnActionValues: readonly ReturnAction[] = [
  'close',
  'send',
  'ask_again',
  'grant',
  'reject',
  'accept',
  'dispute',
  'decide',
  'send_replacement',
  'refund',
  'receive',
];

export type ReturnKind = 'return_refund' | 'refund_only' | 'exchange';
export const returnKindValues: readonly ReturnKind[] = [
  'return_refund',
  'refund_only',
  'exchange',
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

// Returns: what a buyer wants to give back, the seller's answer, the way back, and the clock of each step. asked: the seller has to answer (silence grants it); awaiting_return: granted, the buyer sends it; sent_back: the seller has to look (silence accepts it); disputed: the operator decides; rejected: the buyer may ask once more for a while; refunded; closed. Of an exchange: awaiting_replacement: it came back and the seller sends the other (silence pays back); replacement_sent: the buyer says that it is there, or that it is not (silence: it is); exchanged.
export type ReturnState = 'asked' | 'awaiting_return' | 'sent_back' | 'disputed' | 'rejected' | 'refunded' | 'closed'
  | 'awaiting_replacement' | 'replacement_sent' | 'exchanged';
export const returnStateValues: readonly ReturnState[] = [
  'asked',
  'awaiting_return',
  'sent_back',
  'disputed',
  'rejected',
  'refunded',
  'closed',
  'awaiting_replacement',
  'replacement_sent',
  'exchanged',
];

// Accounts, sessions, addresses.
export type Role = 'user' | 'operator';
export const roleValues: readonly Role[] = [
  'user',
  'operator',
];

// word: words to search for. id: of a product; handle: of a shop or person.
export type SearchGuessKind = 'word' | 'product' | 'shop' | 'person' | 'tag';
export const searchGuessKindValues: readonly SearchGuessKind[] = [
  'word',
  'product',
  'shop',
  'person',
  'tag',
];

// Search: products, clips, shops, people and hashtags in one box.
export type SearchKind = 'product' | 'clip' | 'shop' | 'person' | 'tag';
export const searchKindValues: readonly SearchKind[] = [
  'product',
  'clip',
  'shop',
  'person',
  'tag',
];

// popular: most bought in the last 30 days; of other kinds, most liked or followed.
export type SearchSort = 'best' | 'popular' | 'newest' | 'price_up' | 'price_down';
export const searchSortValues: readonly SearchSort[] = [
  'best',
  'popular',
  'newest',
  'price_up',
  'price_down',
];

// How soon a seller is paid after delivery.
export type SellerTier = 'fast' | 'standard' | 'slow' | 'new';
export const sellerTierValues: readonly SellerTier[] = [
  'fast',
  'standard',
  'slow',
  'new',
];

// Why something is not sent, and why it cannot be paid at the door.
export type ShipNo = 'none' | 'closed' | 'excluded' | 'no_zone' | 'need_place' | 'too_heavy' | 'too_many' | 'too_dear'
  | 'currency';
export const shipNoValues: readonly ShipNo[] = [
  'none',
  'closed',
  'excluded',
  'no_zone',
  'need_place',
  'too_heavy',
  'too_many',
  'too_dear',
  'currency',
];

// Shipping: zones and rates, what cash on delivery costs and who may have it, when a parcel arrives.
export type ShipRate = 'flat' | 'weight' | 'quantity';
export const shipRateValues: readonly ShipRate[] = [
  'flat',
  'weight',
  'quantity',
];

// fresh: younger than 30 days; else by followers: small below 100, medium below 1,000.
export type ShopSize = 'fresh' | 'small' | 'medium' | 'large';
export const shopSizeValues: readonly ShopSize[] = [
  'fresh',
  'small',
  'medium',
  'large',
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

// Whether the caller may use a sound. closed: its maker keeps it; gone: the clip that it is from is; silent: there is nothing to hear.
export type SoundUse = 'free' | 'closed' | 'gone' | 'silent';
export const soundUseValues: readonly SoundUse[] = [
  'free',
  'closed',
  'gone',
  'silent',
];

// Shops, and the roles of who works in them.
export type StaffRole = 'owner' | 'manager' | 'packer';
export const staffRoleValues: readonly StaffRole[] = [
  'owner',
  'manager',
  'packer',
];

export type StockAlert = 'ok' | 'low' | 'out';
export const stockAlertValues: readonly StockAlert[] = [
  'ok',
  'low',
  'out',
];

export type StockIncomingState = 'open' | 'received' | 'cancelled';
export const stockIncomingStateValues: readonly StockIncomingState[] = [
  'open',
  'received',
  'cancelled',
];

// Where units come from: the shop's free stock, or what was set aside for a flash sale, a live show or a creator; `kept` is set aside by hand, and nobody sells it until it is given back.
export type StockPool = 'shop' | 'flash' | 'live' | 'creator' | 'kept';
export const stockPoolValues: readonly StockPool[] = [
  'shop',
  'flash',
  'live',
  'creator',
  'kept',
];

// Why on hand or what is set aside has changed. By hand: received, corrected, lost, returned, damaged. exchanged: went out instead of what came back.
export type StockReason = 'opening' | 'received' | 'corrected' | 'lost' | 'returned' | 'sold' | 'damaged' | 'transferred'
  | 'set_aside' | 'given_back' | 'exchanged';
export const stockReasonValues: readonly StockReason[] = [
  'opening',
  'received',
  'corrected',
  'lost',
  'returned',
  'sold',
  'damaged',
  'transferred',
  'set_aside',
  'given_back',
  'exchanged',
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

export type TrendKind = 'tag' | 'product' | 'creator' | 'shop' | 'search' | 'sound';
export const trendKindValues: readonly TrendKind[] = [
  'tag',
  'product',
  'creator',
  'shop',
  'search',
  'sound',
];

// The last hour in buckets of five minutes, the last day in hours, the last week in quarters of a day.
export type TrendWindow = 'hour' | 'day' | 'week';
export const trendWindowValues: readonly TrendWindow[] = [
  'hour',
  'day',
  'week',
];

export type UploadState = 'receiving' | 'complete' | 'used';
export const uploadStateValues: readonly UploadState[] = [
  'receiving',
  'complete',
  'used',
];

// Banks of virtual accounts.
export type VaBank = 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb' | 'bsi';
export const vaBankValues: readonly VaBank[] = [
  'bca',
  'bni',
  'bri',
  'mandiri',
  'permata',
  'cimb',
  'bsi',
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

export interface BookingNew {
  kind: BookingKind;
  amount: Money;
  reason: string;
  method?: PaymentMethod | null;
  charge?: Money | null;
  country?: string | null;
  shop?: ShopId | null;
  from_seller?: boolean | null;
  against?: LedgerAccount | null;
  order?: OrderId | null;
}
export const bookingNewLimits = {
  amount: { min: 1, max: 1000000000000000 },
  reason: { min: 3, max: 200 },
  charge: { min: 0, max: 1000000000000000 },
  country: { min: 2, max: 2 },
} as const;

export interface BundleItem {
  product: ProductId;
  variant?: VariantId | null;
  quantity: number;
}
export const bundleItemLimits = {
  quantity: { min: 1, max: 20 },
} as const;

// What a buyer sees of a refund.
export interface BuyerRefund {
  id: RefundId;
  amount: Money;
  state: RefundState;
  by_hand: boolean;
  reason?: string;
  at: Time;
  paid_on?: string;
  pay_to?: PayTo;
}

export interface BuyerRefundPage {
  items: BuyerRefund[];
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
  from_day?: string;
  to_day?: string;
  served: boolean;
  no: ShipNo;
  why?: string;
  cod: boolean;
  cod_no: CodNo;
  cod_why?: string;
}

// mine: the caller may end it. final: nothing will change any more. entries: how many clips take part.
export interface Challenge {
  id: ChallengeId;
  tag: string;
  title: string;
  rules: string;
  state: ChallengeState;
  final: boolean;
  reason?: string;
  begins: Time;
  ends: Time;
  shop?: ShopCard;
  starter: PersonCard;
  product?: ProductCard;
  entries: number;
  mine: boolean;
}

// The first fifty, and the caller's own wherever they stand.
export interface ChallengeBoard {
  challenge: Challenge;
  items: ChallengeEntry[];
  own: ChallengeEntry[];
}

// viewers: people who have watched it since it joined, each once. may_leave: the caller may take it out.
export interface ChallengeEntry {
  place: number;
  clip: Clip;
  viewers: number;
  joined: Time;
  may_leave: boolean;
}

export interface ChallengeEntryNew {
  clip: ClipId;
}

// shop: whose it is; without one the caller's own, who must have made a clip. hours: how long, up to 90 days. product: of the shop, or of any for a creator.
export interface ChallengeNew {
  shop?: ShopId | null;
  tag: string;
  title: string;
  rules: string;
  hours: number;
  product?: ProductId | null;
}
export const challengeNewLimits = {
  tag: { min: 2, max: 60 },
  title: { min: 3, max: 80 },
  rules: { min: 0, max: 1000 },
  hours: { min: 1, max: 2160 },
} as const;

export interface ChallengePage {
  items: Challenge[];
  next?: string;
}

export interface ChallengeRemoval {
  reason: string;
}
export const challengeRemovalLimits = {
  reason: { min: 1, max: 500 },
} as const;

export interface ChallengeReport {
  reason: ChallengeFault;
}

export interface ChallengeReported {
  challenge: Challenge;
  reports: number;
  last: ChallengeFault;
}

export interface ChallengeReportedPage {
  items: ChallengeReported[];
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

// Only its own staff see a clip that is not ready. fault is a slug of media.h, detail its sentence; may_retry says whether POST …/retry can help. audio: the clip whose sound it has; sound_shop: that one's, where it is another one that can be seen. sound_free: others may use the sound, if it is its own.
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
  saves: number;
  saved: boolean;
  shares: number;
  comments: number;
  author: PersonCard;
  tags: string[];
  audio: ClipId;
  sound_shop?: ShopCard;
  sound_free: boolean;
  products: ProductCard[];
  created: Time;
}

export interface ClipEdit {
  caption?: string | null;
  products?: ProductId[] | null;
  hidden?: boolean | null;
  sound_free?: boolean | null;
}
export const clipEditLimits = {
  caption: { min: 0, max: 2200 },
  products: { min: 0, max: 10 },
} as const;

// audio: a clip whose sound takes the place of the video's own, so that both stand on that sound's page; absent: a sound of its own. sound_free: others may use its sound; absent: they may.
export interface ClipNew {
  upload: UploadId;
  shop: ShopId;
  caption?: string | null;
  products: ProductId[];
  audio?: ClipId | null;
  sound_free?: boolean | null;
}
export const clipNewLimits = {
  caption: { min: 0, max: 2200 },
  products: { min: 0, max: 10 },
} as const;

export interface ClipPage {
  items: Clip[];
  next?: string;
}

// mine: the caller's. by_creator: whoever made the clip. may_remove, may_pin: whether the caller may.
export interface Comment {
  id: CommentId;
  clip: ClipId;
  parent?: CommentId;
  author: PersonCard;
  body: string;
  likes: number;
  liked: boolean;
  replies: number;
  pinned: boolean;
  mine: boolean;
  by_creator: boolean;
  may_remove: boolean;
  may_pin: boolean;
  created: Time;
}

// reply_to: a comment below the same clip, or a reply to one; then it stands in that one's thread.
export interface CommentNew {
  body: string;
  reply_to?: CommentId | null;
}
export const commentNewLimits = {
  body: { min: 1, max: 500 },
} as const;

// pinned: on the first page only.
export interface CommentPage {
  pinned?: Comment;
  items: Comment[];
  next?: string;
}

// One comment where it stands: reply below root, or root itself.
export interface CommentThread {
  root: Comment;
  reply?: Comment;
}

export interface CommentWord {
  word: string;
}
export const commentWordLimits = {
  word: { min: 2, max: 60 },
} as const;

export interface CommentWords {
  items: CommentWord[];
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

// What a line may be exchanged for now; none where exchanges are not offered. `left`: units that could be held.
export interface ExchangeChoice {
  variant: VariantId;
  options: string;
  left: number;
}

export interface ExchangeChoices {
  offered: boolean;
  items: ExchangeChoice[];
}

export interface Exposure {
  days: number;
  sizes: ExposureShare[];
}

// Who is seen. Impressions of the last days by the size that the clip's shop had on the day: fresh is younger than 30 days; the others go by followers: small has less than 100, medium less than 1,000. qualified: watched for two seconds, or half of it. shops: open now.
export interface ExposureShare {
  size: ShopSize;
  shops: number;
  impressions: number;
  qualified: number;
  share_ppm: number;
}

// sent_at by the same clock as the events' `at`: however wrong it is, their distance is right.
export interface FeedBatch {
  sent_at: Time;
  events: FeedEvent[];
}
export const feedBatchLimits = {
  events: { min: 1, max: 200 },
} as const;

export interface FeedDialPut {
  dial: FeedDial;
}

export interface FeedDialShare {
  dial: FeedDial;
  selling_most: number;
  plain_most: number;
}

// `id` is the app's own name for it: sent again, it counts once. value: of watch and sheet the ms. share: of watch, per mille of the clip, 1000 for a whole time. `at` by the app's clock.
export interface FeedEvent {
  id: string;
  kind: FeedEventKind;
  clip: ClipId;
  product?: ProductId | null;
  value?: number | null;
  share?: number | null;
  at: Time;
}
export const feedEventLimits = {
  id: { min: 8, max: 40 },
  value: { min: 0, max: 1000000000000 },
  share: { min: 0, max: 1000000000000 },
} as const;

export interface FeedExport {
  profiling: Profiling;
  settings: FeedSettings;
  rules: FeedRule[];
  traits: FeedTrait[];
  events: FeedKept[];
}

// All that is kept of a person by the feed; events: the newest 5,000.
export interface FeedKept {
  kind: string;
  clip?: ClipId;
  product?: ProductId;
  value: number;
  share: number;
  at: Time;
}

export interface FeedPage {
  mode: FeedMode;
  items: Clip[];
  whys: FeedWhy[];
  next?: string;
}

export interface FeedProfile {
  consent: boolean;
  traits: FeedTrait[];
}

// `name` is of the topic, the kind of product, the shop, whoever is followed, or of what `clip` (of similar and next) says. part: how much of it.
export interface FeedReason {
  kind: FeedReasonKind;
  name: string;
  clip?: ClipId;
  part_ppm: number;
}

export interface FeedRefused {
  index: number;
  why: FeedFault;
}

export interface FeedRule {
  id: FeedRuleId;
  kind: FeedRuleKind;
  name: string;
  clip?: ClipId;
  created: Time;
}

// Not interested. A clip, its shop or its creator are named by the clip; a topic or a kind of product by its name, or by the clip where it sells one.
export interface FeedRuleNew {
  kind: FeedRuleKind;
  clip?: ClipId | null;
  name?: string | null;
}
export const feedRuleNewLimits = {
  name: { min: 1, max: 60 },
} as const;

export interface FeedRulePage {
  items: FeedRule[];
  next?: string;
}

// What a person wants of the feed; stops and quiet hours are for the app to keep. A stop of 0 is none; quiet hours, in minutes of the day by the device's clock, are there only in pairs.
export interface FeedSettings {
  dial: FeedDial;
  stop_minutes: number;
  stop_clips: number;
  quiet_from?: number | null;
  quiet_until?: number | null;
}
export const feedSettingsLimits = {
  stop_minutes: { min: 0, max: 600 },
  stop_clips: { min: 0, max: 1000 },
  quiet_from: { min: 0, max: 1439 },
  quiet_until: { min: 0, max: 1439 },
} as const;

// repeated ones were taken earlier. Nothing refused is worth sending again.
export interface FeedTaken {
  taken: number;
  repeated: number;
  refused: FeedRefused[];
}

export interface FeedTrait {
  trait: string;
  kind: FeedTraitKind;
  name: string;
  strength_ppm: number;
  last: Time;
}

export interface FeedWeight {
  outcome: FeedOutcome;
  weight_ppm: number;
}

export interface FeedWhy {
  clip: ClipId;
  reasons: FeedReason[];
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

// n: how many people; person: the last of them. comment: the last one, or the one that is liked, while it is there; text: its beginning. challenge: one that is over; place: 1 to 3 there, 0 for another one. shop: one that asks to work there.
export interface InboxItem {
  id: NoticeGroupId;
  kind: NoticeKind;
  n: number;
  person: PersonCard;
  clip?: ClipId;
  poster?: string;
  comment?: CommentId;
  text?: string;
  challenge?: ChallengeId;
  shop?: ShopCard;
  place: number;
  at: Time;
  read: boolean;
}

export interface InboxPage {
  items: InboxItem[];
  next?: string;
}

// person: who asked, without handle when there is nothing to show.
export interface Invitation {
  id: StaffInvitationId;
  shop: ShopCard;
  role: StaffRole;
  person: PersonCard;
  at: Time;
}

export interface InvitationPage {
  items: Invitation[];
  next?: string;
}

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

// Who is asking. account is absent for a guest or without a session. invited: shops whose invitation waits for an answer.
export interface Me {
  account?: Account;
  csrf?: string;
  shops: ShopRole[];
  cart_count: number;
  unread: number;
  invited: number;
  demo: boolean;
}

export interface NoticeSwitch {
  kind: NoticeKind;
  on: boolean;
}

export interface NoticeSwitches {
  items: NoticeSwitch[];
}

// Groups; counted up to 100.
export interface NoticeUnread {
  n: number;
}

export interface OfferDetail {
  offer: PriceOffer;
  items: OfferItem[];
}

// Absent fields stay. Of a running offer only the name, the limit and the end can change.
export interface OfferEdit {
  name?: string | null;
  starts?: Time | null;
  ends?: Time | null;
  per_buyer?: number | null;
  items?: OfferItemNew[] | null;
  version: number;
}
export const offerEditLimits = {
  name: { min: 1, max: 80 },
  per_buyer: { min: 0, max: 1000 },
  items: { min: 1, max: 300 },
  version: { min: 1, max: 1000000000 },
} as const;

// dropped: it would not have undercut the lowest price of the days before its start.
export interface OfferItem {
  variant: VariantId;
  product: ProductId;
  percent?: number;
  amount?: Money;
  fixed?: Money;
  regular: Money;
  price: Money;
  low?: Money;
  stock?: number;
  left?: number;
  dropped: boolean;
}

// Exactly one of percent, amount and price. A flash sale has a price, and the stock that is set aside for it.
export interface OfferItemNew {
  variant: VariantId;
  percent?: number | null;
  amount?: Money | null;
  price?: Money | null;
  stock?: number | null;
}
export const offerItemNewLimits = {
  percent: { min: 1, max: 99 },
  amount: { min: 1, max: 1000000000000 },
  price: { min: 1, max: 1000000000000 },
  stock: { min: 1, max: 1000000 },
} as const;

export interface OfferNew {
  kind: OfferKind;
  name: string;
  market?: string | null;
  channel?: PriceChannel | null;
  starts: Time;
  ends: Time;
  per_buyer?: number | null;
  items: OfferItemNew[];
}
export const offerNewLimits = {
  name: { min: 1, max: 80 },
  market: { min: 1, max: 2 },
  per_buyer: { min: 1, max: 1000 },
  items: { min: 1, max: 300 },
} as const;

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

export interface OperatorPayment {
  id: PaymentId;
  account: AccountId;
  checkout: CheckoutId;
  method: PaymentMethod;
  state: PaymentState;
  amount: Money;
  received: Money;
  refunded: Money;
  attempt: number;
  trouble: PaymentTrouble;
  created: Time;
  updated: Time;
  expires?: Time;
  reason?: string;
  reference?: string;
  provider_reference?: string;
  checked?: Time;
  checks: number;
}

export interface OperatorPaymentDetail {
  payment: OperatorPayment;
  events: PaymentEvent[];
  refunds: OperatorRefund[];
}

export interface OperatorPaymentPage {
  items: OperatorPayment[];
  next?: string;
}

// by_provider: a payment provider is set up that pays out in its currency. arrived: when the provider said that it arrived, though it is booked as failed: to be cleared up with the provider before the money is paid again.
export interface OperatorPayout {
  payout: Payout;
  shop: ShopCard;
  holder: string;
  bank: string;
  batch?: PayoutBatchId;
  by_provider: boolean;
  arrived?: Time;
}

export interface OperatorPayoutPage {
  items: OperatorPayout[];
  next?: string;
}

// A way back for money, as the operator sees it. by_hand: the operator pays it; account: where the buyer wants it.
export interface OperatorRefund {
  id: RefundId;
  payment: PaymentId;
  account: AccountId;
  method: PaymentMethod;
  order?: OrderId;
  kind: PayBackKind;
  amount: Money;
  state: RefundState;
  by_hand: boolean;
  reason?: string;
  fault?: string;
  created: Time;
  updated: Time;
  paid_on?: string;
  paid_reference?: string;
  pay_to?: PayTo;
}

export interface OperatorRefundPage {
  items: OperatorRefund[];
  next?: string;
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

// goods, discount and tax are of the whole line; refunded: units whose money went back; exchanged: units that came back and were replaced. stands_for: this is a replacement, and its sums are a part of those of the line that it stands for.
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
  exchanged?: number;
  stands_for?: OrderLineId;
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

// What is absent is the shop's: its default weight, its dispatch days.
export interface Parcel {
  variant: VariantId;
  weight_g?: number;
  length_mm?: number;
  width_mm?: number;
  height_mm?: number;
  handling_days?: number;
}

export interface ParcelPage {
  items: Parcel[];
}

export interface ParcelPut {
  weight_g?: number | null;
  length_mm?: number | null;
  width_mm?: number | null;
  height_mm?: number | null;
  handling_days?: number | null;
}
export const parcelPutLimits = {
  weight_g: { min: 1, max: 1000000 },
  length_mm: { min: 1, max: 5000 },
  width_mm: { min: 1, max: 5000 },
  height_mm: { min: 1, max: 5000 },
  handling_days: { min: 0, max: 30 },
} as const;

export interface PasswordChange {
  old: string;
  new: string;
}
export const passwordChangeLimits = {
  old: { min: 1, max: 200 },
  new: { min: 10, max: 200 },
} as const;

// Where a refund that is paid by hand shall go. Sealed; only the buyer and the operator see it.
export interface PayTo {
  bank: string;
  account_number: string;
  account_name: string;
}
export const payToLimits = {
  bank: { min: 1, max: 60 },
  account_number: { min: 4, max: 40 },
  account_name: { min: 1, max: 100 },
} as const;

// next_step says what the buyer has to do: test_bank, card (with client_secret and publishable_key), qr (with qr), choose_bank (see payment_bank), account (a virtual account: bank and account_number) or transfer (the market's own account, with reference). Nothing yet when the provider has not answered: ask again.
export interface Payment {
  id: PaymentId;
  method: PaymentMethod;
  state: PaymentState;
  checkout: CheckoutId;
  amount: Money;
  refunded?: Money;
  received?: Money;
  reason?: string;
  next_step?: string;
  expires?: Time;
  publishable_key?: string;
  client_secret?: string;
  qr?: string;
  bank?: string;
  account_number?: string;
  account_name?: string;
  reference?: string;
  redirect?: string;
}

export interface PaymentBank {
  bank: VaBank;
}

export interface PaymentEvent {
  kind: PaymentEventKind;
  provider: string;
  event: string;
  at: Time;
  said?: Time;
  amount?: Money;
  reason?: string;
  applied: boolean;
  actor?: AccountId;
}

// An amount that stands on the market's bank statement. received_on: 2026-01-31. reference: the bank's own for this entry; the same one twice is the same money.
export interface PaymentReceipt {
  amount: Money;
  received_on: string;
  reference: string;
}
export const paymentReceiptLimits = {
  amount: { min: 0, max: 1000000000000000 },
  received_on: { min: 10, max: 10 },
  reference: { min: 1, max: 60 },
} as const;

// The test provider's second step, as a bank's page would ask it. Only in demo mode.
export interface PaymentStep {
  approve: boolean;
}

export interface Payout {
  id: PayoutId;
  shop: ShopId;
  amount: Money;
  state: PayoutState;
  number: string;
  requested: Time;
  automatic: boolean;
  ended?: Time;
  reason?: string;
}

// The number is shown by its last four; only the operator who verifies it sees it whole.
export interface PayoutAccount {
  state: PayoutAccountState;
  holder: string;
  bank: string;
  number: string;
  bic?: string;
  bank_code?: string;
  given: Time;
  verified?: Time;
}

// Names the account by when it was given, so that one that was changed meanwhile is not verified unseen.
export interface PayoutAccountCheck {
  given: Time;
  verified: boolean;
}

// Where a shop is paid, as its owner writes it. `number` is an IBAN (checked by its digits) or an account number; then the bank is named by its BIC, by the number that its country's clearing gives it, or as the payment provider that pays out calls it (ID_BCA).
export interface PayoutAccountNew {
  holder: string;
  bank: string;
  number: string;
  bic?: string | null;
  bank_code?: string | null;
}
export const payoutAccountNewLimits = {
  holder: { min: 1, max: 140 },
  bank: { min: 1, max: 140 },
  number: { min: 4, max: 42 },
  bic: { min: 0, max: 11 },
  bank_code: { min: 0, max: 20 },
} as const;

// waiting: approved and neither sent nor failed.
export interface PayoutBatch {
  id: PayoutBatchId;
  number: string;
  made: Time;
  total: Money;
  count: number;
  waiting: number;
}

// Approves requested payouts of one currency and puts them into one file.
export interface PayoutBatchNew {
  currency: Currency;
  payouts: PayoutId[];
}
export const payoutBatchNewLimits = {
  payouts: { min: 1, max: 500 },
} as const;

export interface PayoutBatchPage {
  items: PayoutBatch[];
  next?: string;
}

// Without an amount all that is available.
export interface PayoutNew {
  currency: Currency;
  amount?: Money | null;
}
export const payoutNewLimits = {
  amount: { min: 1, max: 1000000000000000 },
} as const;

export interface PayoutPage {
  items: Payout[];
  next?: string;
}

export interface PayoutReason {
  reason: string;
}
export const payoutReasonLimits = {
  reason: { min: 3, max: 200 },
} as const;

export interface PayoutScheduleEdit {
  schedule: PayoutSchedule;
}

// What stands beside a clip or a comment. Without a handle there is no profile to go to. name: only when this person chose one to show.
export interface PersonCard {
  handle?: string;
  name?: string;
}

export interface PersonPage {
  items: PersonRow[];
  next?: string;
}

export interface PersonRow {
  person: PersonCard;
  followed: boolean;
}

export interface Picture {
  id: PictureId;
  url: string;
  width: number;
  height: number;
  colour: string;
}

export interface Posting {
  id: LedgerPostingId;
  at: Time;
  kind: LedgerKind;
  debit: LedgerAccount;
  credit: LedgerAccount;
  part: string;
  amount: Money;
  shop?: ShopId;
  order?: OrderId;
  number?: string;
  note?: string;
  actor?: AccountId;
}

export interface PostingPage {
  items: Posting[];
  next?: string;
}

export interface PriceChange {
  at: Time;
  price: Money;
  regular: Money;
  kind: OfferKind;
  offer?: OfferId;
  low?: Money;
  times: number;
}

export interface PriceEntriesPut {
  items: PriceEntryPut[];
}
export const priceEntriesPutLimits = {
  items: { min: 1, max: 200 },
} as const;

export interface PriceEntry {
  channel: PriceChannel;
  price: Money;
}

// Without a price the variant loses its own one there.
export interface PriceEntryPut {
  variant: VariantId;
  channel?: PriceChannel | null;
  price?: Money | null;
}
export const priceEntryPutLimits = {
  price: { min: 1, max: 1000000000000 },
} as const;

// Newest first. low: the lowest price of the last `days` days, the present one included.
export interface PriceHistory {
  variant: VariantId;
  market: string;
  channel: PriceChannel;
  days: number;
  low?: Money;
  items: PriceChange[];
}

export interface PriceList {
  market: string;
  currency: Currency;
  from: Money;
  to: Money;
  round: Money;
  prices: number;
  updated: Time;
}

export interface PriceListPage {
  items: PriceList[];
}

// A shop's list for a market. What has no price there costs the default price times `to` / `from`, rounded half up to `round`.
export interface PriceListPut {
  currency: Currency;
  from: Money;
  to: Money;
  round?: Money | null;
}
export const priceListPutLimits = {
  from: { min: 1, max: 1000000000000 },
  to: { min: 1, max: 1000000000000 },
  round: { min: 1, max: 1000000000 },
} as const;

export interface PriceOffer {
  id: OfferId;
  shop: ShopId;
  kind: OfferKind;
  name: string;
  market: string;
  channel: PriceChannel;
  currency: Currency;
  starts: Time;
  ends: Time;
  state: PlanState;
  per_buyer?: number;
  items: number;
  version: number;
  created: Time;
}

export interface PriceOfferPage {
  items: PriceOffer[];
  next?: string;
}

// A variant in a list: its own prices there, and what it costs without them.
export interface PriceRow {
  variant: VariantId;
  product: ProductId;
  derived: Money;
  entries: PriceEntry[];
  price: Money;
  kind: OfferKind;
}

export interface PriceRowPage {
  market: string;
  currency: Currency;
  items: PriceRow[];
  next?: string;
}

// One layer that a price could have come from, the strongest last.
export interface PriceStep {
  kind: OfferKind;
  name: string;
  market: string;
  channel: PriceChannel;
  offer?: OfferId;
  price: Money;
  outcome: PriceOutcome;
}

// What stands beside a price that an offer lowers, or that its seller compares with a higher one. `low` is the lowest price of the `days` before the reduction began (30, unless the market says otherwise: Directive 98/6/EC, article 6a); `percent` is reckoned from it. `times`: so many earlier offers of the last year had this price or a lower one.
export interface PriceTag {
  kind: OfferKind;
  was?: Money;
  low?: Money;
  days: number;
  percent?: number;
  offer?: OfferId;
  version: number;
  name: string;
  ends?: Time;
  limit?: number;
  left?: number;
  times: number;
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

// What a chip on a clip, a grid or the studio's list shows. sale: an offer lowers the least price.
export interface ProductCard {
  id: ProductId;
  title: string;
  state: ProductState;
  price_from: Money;
  price_to: Money;
  sale: boolean;
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

// shops: open ones that this person owns. followed, follows_me, blocked: between this person and who asks.
export interface Profile {
  handle: string;
  name?: string;
  bio: string;
  followers: number;
  following: number;
  shops: ShopCard[];
  mine: boolean;
  followed: boolean;
  follows_me: boolean;
  blocked: boolean;
}

// An empty name shows none.
export interface ProfileEdit {
  name?: string | null;
  bio?: string | null;
}
export const profileEditLimits = {
  name: { min: 0, max: 80 },
  bio: { min: 0, max: 300 },
} as const;

// `decided` is absent while nobody has been asked: then nothing is learned, as after a no.
export interface Profiling {
  on: boolean;
  decided?: Time;
}

export interface ProfilingPut {
  on: boolean;
}

export interface Promotion {
  id: PromotionId;
  shop?: ShopId;
  kind: PromotionKind;
  funder: Funder;
  name: string;
  market: string;
  currency: Currency;
  starts: Time;
  ends: Time;
  state: PlanState;
  percent?: number;
  amount?: Money;
  price?: Money;
  free_shipping: boolean;
  cap?: Money;
  minimum?: Money;
  budget?: Money;
  uses?: number;
  per_person?: number;
  first_order: FirstOrder;
  followers: boolean;
  code?: string;
  products: ProductId[];
  categories: string[];
  bundle: BundleItem[];
  tiers: QuantityTier[];
  used: number;
  given: Money;
  version: number;
  created: Time;
}

// Absent fields stay. What buyers were promised cannot be taken from under them: of a running promotion only the name, the end, and a budget and number of uses not below what is used.
export interface PromotionEdit {
  name?: string | null;
  starts?: Time | null;
  ends?: Time | null;
  budget?: Money | null;
  uses?: number | null;
  version: number;
}
export const promotionEditLimits = {
  name: { min: 1, max: 80 },
  budget: { min: 1, max: 1000000000000000 },
  uses: { min: 1, max: 100000000 },
  version: { min: 1, max: 1000000000 },
} as const;

// voucher: one of percent, amount and free_shipping. bundle: price and bundle. quantity: tiers. shipping: free_shipping, or an amount off. minimum looks at the goods at their sale prices, before any promotion. A code makes a voucher a secret one.
export interface PromotionNew {
  kind: PromotionKind;
  name: string;
  market?: string | null;
  currency?: Currency | null;
  starts: Time;
  ends: Time;
  percent?: number | null;
  amount?: Money | null;
  price?: Money | null;
  free_shipping?: boolean | null;
  cap?: Money | null;
  minimum?: Money | null;
  budget?: Money | null;
  uses?: number | null;
  per_person?: number | null;
  first_order?: FirstOrder | null;
  followers?: boolean | null;
  code?: string | null;
  products: ProductId[];
  categories: string[];
  bundle: BundleItem[];
  tiers: QuantityTier[];
}
export const promotionNewLimits = {
  name: { min: 1, max: 80 },
  market: { min: 1, max: 2 },
  percent: { min: 1, max: 100 },
  amount: { min: 1, max: 1000000000000 },
  price: { min: 1, max: 1000000000000 },
  cap: { min: 1, max: 1000000000000 },
  minimum: { min: 0, max: 1000000000000 },
  budget: { min: 1, max: 1000000000000000 },
  uses: { min: 1, max: 100000000 },
  per_person: { min: 1, max: 1000 },
  code: { min: 4, max: 20 },
  products: { min: 0, max: 100 },
  categories: { min: 0, max: 20 },
  bundle: { min: 0, max: 10 },
  tiers: { min: 0, max: 5 },
} as const;

export interface PromotionPage {
  items: Promotion[];
  next?: string;
}

// From `least` units on: so much per cent, or this amount, off.
export interface QuantityTier {
  least: number;
  percent?: number | null;
  amount?: Money | null;
}
export const quantityTierLimits = {
  least: { min: 2, max: 99 },
  percent: { min: 1, max: 99 },
  amount: { min: 1, max: 1000000000000 },
} as const;

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
  from_day?: string;
  to_day?: string;
  cod: boolean;
  cod_no: CodNo;
  cod_why?: string;
}

export interface Ranking {
  weights: FeedWeight[];
  explore_ppm: number;
  guaranteed_impressions: number;
  qualified_ms: number;
  dials: FeedDialShare[];
  event_days: number;
  touch_days: number;
  clips: number;
  people: number;
  features: number;
  fitted: number;
  bytes: number;
  learned: number;
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

export interface RefundPaid {
  paid_on: string;
  reference: string;
}
export const refundPaidLimits = {
  paid_on: { min: 10, max: 10 },
  reference: { min: 1, max: 60 },
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
  send_to?: string;
  refund?: RefundId;
  replacement?: Shipment;
  ship_to?: ShipTo;
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
  options: string;
  quantity: number;
  damaged: number;
  wanted?: VariantId;
  wanted_options?: string;
}

// `wanted` belongs to an exchange: the same variant, or another one of the product that cost the same when it was bought.
export interface ReturnLineNew {
  line: OrderLineId;
  quantity: number;
  wanted?: VariantId | null;
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

// Where buyers send what they give back, as it is written on a parcel: name, street, place. Empty: not said yet.
export interface ReturnPlace {
  address: string;
}
export const returnPlaceLimits = {
  address: { min: 0, max: 400 },
} as const;

export interface ReturnPreview {
  amount: Money;
}

// What the buyer, the seller or the operator does next. `carrier` and `tracking` belong to send and send_replacement, `damaged` (units per line that cannot be sold again) to accept; reject, dispute, refund and decide need a note. decide: `grant` says for whom. A buyer disputes a replacement that has not come or is not what was wanted; a seller refunds instead of replacing.
export interface ReturnStep {
  action: ReturnAction;
  note?: string | null;
  carrier?: string | null;
  tracking?: string | null;
  damaged?: ReturnUnits[] | null;
  grant?: boolean | null;
}
export const returnStepLimits = {
  note: { min: 1, max: 300 },
  carrier: { min: 1, max: 60 },
  tracking: { min: 1, max: 60 },
  damaged: { min: 0, max: 60 },
} as const;

export interface ReturnUnits {
  line: OrderLineId;
  quantity: number;
}
export const returnUnitsLimits = {
  quantity: { min: 1, max: 99 },
} as const;

export interface SavedPage {
  items: Clip[];
  next?: string;
}

export interface SearchCategory {
  name: string;
  n: number;
}

// n: of the best 1,000, before the filters of products.
export interface SearchCount {
  kind: SearchKind;
  n: number;
}

export interface SearchGuess {
  kind: SearchGuessKind;
  text: string;
  id?: string;
  handle?: string;
}

export interface SearchGuesses {
  items: SearchGuess[];
}

// taken: what the question was taken for, when one of its words was corrected. Without a kind a few of each are given, and no next. categories, currency, price_low, price_high: of all products that the other filters leave, also those of stock and delivery; prices are those of the currency that most of them have. filling: the index is being made, and there may be more than is found.
export interface SearchPage {
  q: string;
  taken?: string;
  filling: boolean;
  counts: SearchCount[];
  products: ProductCard[];
  clips: Clip[];
  shops: ShopCard[];
  people: SearchPerson[];
  tags: SearchTag[];
  categories: SearchCategory[];
  currency?: string;
  price_low?: number;
  price_high?: number;
  next?: string;
}

export interface SearchPerson {
  person: PersonCard;
  followers: number;
}

// clips: ready ones with it; counted up to 10,000.
export interface SearchTag {
  tag: string;
  clips: number;
}

// A seller as the operator sees it. account is whole in the answer about one seller, masked in lists.
export interface Seller {
  shop: ShopCard;
  tier: SellerTier;
  automatic: boolean;
  deliveries: number;
  schedule: PayoutSchedule;
  account?: PayoutAccount;
  balances: SellerBalance[];
}

// In one currency. available: may be paid out, below zero after refunds. on_the_way: what unsettled orders will bring, after fees.
export interface SellerBalance {
  currency: Currency;
  available: number;
  on_the_way: number;
  orders: number;
  reserve: number;
  in_payout: number;
  least: number;
  next_settlement?: Time;
  next_release?: Time;
}

export interface SellerMoney {
  shop: ShopId;
  tier: SellerTier;
  settle_days: number;
  schedule: PayoutSchedule;
  next_payout?: Time;
  account?: PayoutAccount;
  balances: SellerBalance[];
}

export interface SellerPage {
  items: Seller[];
  next?: string;
}

// Without a tier it follows from the shop's deliveries.
export interface SellerTierEdit {
  tier?: SellerTier | null;
}

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

// country "*": anywhere. With a region or postcodes only those: 59411, all that begin with 594*, or from 59400..59499.
export interface ShipArea {
  country: string;
  region?: string | null;
  postcodes: string[];
}
export const shipAreaLimits = {
  country: { min: 1, max: 2 },
  region: { min: 1, max: 80 },
  postcodes: { min: 0, max: 200 },
} as const;

export interface ShipLineAsk {
  variant: VariantId;
  quantity: number;
}
export const shipLineAskLimits = {
  quantity: { min: 1, max: 1000000000 },
} as const;

export interface ShipPlace {
  country: string;
  region?: string | null;
  postcode?: string | null;
}
export const shipPlaceLimits = {
  country: { min: 2, max: 2 },
  region: { min: 0, max: 80 },
  postcode: { min: 0, max: 20 },
} as const;

// version 0: nothing was set yet, and the shop's flat terms hold.
export interface ShipProfile {
  shop: ShopId;
  version: number;
  zones: ShipZone[];
  weight_g: number;
  volume_divisor: number;
  cutoff_minutes: number;
  by?: string;
  at?: Time;
}

// weight_g: of a unit whose variant says nothing. volume_divisor: cubic centimetres that count as a kilogram (0: size does not count). cutoff_minutes: what is ordered later in the shop's day counts as the next day's (1440: nothing does).
export interface ShipProfilePut {
  version: number;
  zones: ShipZone[];
  weight_g: number;
  volume_divisor: number;
  cutoff_minutes: number;
}
export const shipProfilePutLimits = {
  version: { min: 0, max: 1000000000 },
  zones: { min: 0, max: 50 },
  weight_g: { min: 1, max: 1000000 },
  volume_divisor: { min: 0, max: 20000 },
  cutoff_minutes: { min: 0, max: 1440 },
} as const;

// Days are dates of the destination's calendar, ship_by_day of the shop's. country: the destination's.
export interface ShipQuotation {
  country: string;
  served: boolean;
  no: ShipNo;
  why?: string;
  zone?: string;
  shipping: Money;
  free_over?: Money;
  cod: boolean;
  cod_no: CodNo;
  cod_why?: string;
  cod_fee?: Money;
  ship_by?: Time;
  from?: Time;
  to?: Time;
  ship_by_day?: string;
  from_day?: string;
  to_day?: string;
}

// Without a place: the shop's own country, as a first estimate. subtotal: of the goods, for free thresholds and the fee at the door; minor units of currency, which is the goods' (absent: the shop's).
export interface ShipQuoteAsk {
  to?: ShipPlace | null;
  lines: ShipLineAsk[];
  subtotal: number;
  currency?: Currency | null;
}
export const shipQuoteAskLimits = {
  lines: { min: 1, max: 60 },
  subtotal: { min: 0, max: 1000000000000 },
} as const;

// Up to so many grams or units, price in minor units of the zone's currency.
export interface ShipStep {
  up_to: number;
  price: number;
}
export const shipStepLimits = {
  up_to: { min: 1, max: 1000000000 },
  price: { min: 0, max: 1000000000 },
} as const;

// What a draft would do, before it is saved.
export interface ShipTest {
  profile: ShipProfilePut;
  to: ShipPlace;
  weight_g: number;
  quantity: number;
  subtotal: number;
  currency?: Currency | null;
}
export const shipTestLimits = {
  weight_g: { min: 0, max: 1000000000 },
  quantity: { min: 1, max: 1000000000 },
  subtotal: { min: 0, max: 1000000000000 },
} as const;

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

// Of several areas that fit a place the most specific decides: a postcode before a region before a country before "*"; of equals the excluded one, then the first. rate flat: price. weight, quantity: the first step that holds it; behind the last one each further beyond.up_to costs beyond.price, and without beyond it is not sent. Days are business days of the destination.
export interface ShipZone {
  name: string;
  excluded: boolean;
  areas: ShipArea[];
  currency: Currency;
  rate: ShipRate;
  price: number;
  steps: ShipStep[];
  beyond?: ShipStep | null;
  free_over?: number | null;
  transit_min: number;
  transit_max: number;
  cod: boolean;
  cod_fee: number;
  cod_fee_ppm: number;
  cod_fee_most?: number | null;
  cod_order_most?: number | null;
}
export const shipZoneLimits = {
  name: { min: 1, max: 60 },
  areas: { min: 1, max: 50 },
  price: { min: 0, max: 1000000000 },
  steps: { min: 0, max: 20 },
  free_over: { min: 1, max: 1000000000000 },
  transit_min: { min: 0, max: 60 },
  transit_max: { min: 0, max: 90 },
  cod_fee: { min: 0, max: 1000000000 },
  cod_fee_ppm: { min: 0, max: 200000 },
  cod_fee_most: { min: 0, max: 1000000000 },
  cod_order_most: { min: 1, max: 1000000000000 },
} as const;

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
  followers: number;
  following?: boolean;
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

// One change in the shop's calendar.
export interface ShopPriceChange {
  id: PriceChangeId;
  variant: VariantId;
  product: ProductId;
  market: string;
  channel: PriceChannel;
  at: Time;
  price: Money;
  regular: Money;
  kind: OfferKind;
  offer?: OfferId;
}

export interface ShopPriceChangePage {
  items: ShopPriceChange[];
  next?: string;
}

// Who is asking: the account, the shops it works in and how full the cart is, in one answer.
export interface ShopRole {
  shop: ShopId;
  handle: string;
  name: string;
  role: StaffRole;
}

export interface SimulatedLine {
  variant: VariantId;
  quantity: number;
  channel: Channel;
  was: Money;
  price: Money;
  total: Money;
  discounts: Discount[];
  pays: Money;
  steps: PriceStep[];
}

// need and have: of a minimum (money) that was not reached.
export interface SimulatedPromotion {
  promotion: PromotionId;
  kind: PromotionKind;
  funder: Funder;
  name: string;
  outcome: PromotionOutcome;
  amount: Money;
  need?: Money;
  have?: Money;
}

// cut: there were more combinations than are looked through; the result is lawful and good, but perhaps not the best.
export interface Simulation {
  at: Time;
  market: string;
  currency: Currency;
  lines: SimulatedLine[];
  promotions: SimulatedPromotion[];
  goods: Money;
  by_seller: Money;
  by_platform: Money;
  shipping: Money;
  shipping_off: Money;
  total: Money;
  cut: boolean;
}

export interface SimulationLine {
  variant: VariantId;
  quantity: number;
  channel?: Channel | null;
}
export const simulationLineLimits = {
  quantity: { min: 1, max: 99 },
} as const;

// Without `at`: now. Without `vouchers`: every voucher of this shop and of the platform that a buyer could have; with it, these. Without `shipping`: the shop's own terms.
export interface SimulationNew {
  shop: ShopId;
  lines: SimulationLine[];
  country?: string | null;
  at?: Time | null;
  first_order?: boolean | null;
  follower?: boolean | null;
  vouchers?: VoucherId[] | null;
  shipping?: Money | null;
}
export const simulationNewLimits = {
  lines: { min: 1, max: 60 },
  country: { min: 2, max: 2 },
  vouchers: { min: 0, max: 20 },
  shipping: { min: 0, max: 1000000000 },
} as const;

// id: the clip whose sound it is; clip: that clip, while it can be seen; it comes first. clips: ready ones that use it, its own too; counted up to 10,000.
export interface SoundPage {
  id: ClipId;
  use: SoundUse;
  clip?: Clip;
  clips: number;
  items: Clip[];
  next?: string;
}

// account, name: of who works here. invitation: of who was asked and has not answered, with the handle, and the name that this person shows to everybody, if any; who works here and is asked to be an owner stands there twice.
export interface Staff {
  account?: AccountId;
  invitation?: StaffInvitationId;
  handle?: string;
  name: string;
  role: StaffRole;
  added: Time;
}

// By handle, which is public: an e-mail would tell whether it has an account. Who works here already has the new role at once, but owner: that takes a yes, like working here at all.
export interface StaffNew {
  handle: string;
  role: StaffRole;
}
export const staffNewLimits = {
  handle: { min: 3, max: 30 },
} as const;

// Who works here, then who was asked.
export interface StaffPage {
  items: Staff[];
  next?: string;
}

// opening + sums.net = closing. Newest first; `before` a line's n for the next page.
export interface Statement {
  currency: Currency;
  from: Time;
  to: Time;
  opening: number;
  closing: number;
  sums: StatementSums;
  lines: StatementLine[];
  next?: string;
}

// What a day brought without payouts, in the shop's country's days.
export interface StatementDay {
  day: Time;
  net: number;
  orders: number;
}

export interface StatementDays {
  currency: Currency;
  items: StatementDay[];
}

// One entry of a seller's account. Amounts are signed minor units; net is their sum, balance what there was after it.
export interface StatementLine {
  n: number;
  at: Time;
  kind: LedgerKind;
  order?: OrderId;
  number?: string;
  goods: number;
  discount: number;
  shipping: number;
  cod_fee: number;
  tax_added: number;
  tax: number;
  fee: number;
  reserve: number;
  other: number;
  net: number;
  balance: number;
  note?: string;
}

// A month of the shop's country, newest first.
export interface StatementMonth {
  from: Time;
  to: Time;
  opening: number;
  closing: number;
  lines: number;
}

export interface StatementMonths {
  currency: Currency;
  items: StatementMonth[];
}

export interface StatementSums {
  lines: number;
  goods: number;
  discount: number;
  shipping: number;
  cod_fee: number;
  tax_added: number;
  tax: number;
  fee: number;
  reserve: number;
  other: number;
  net: number;
}

export interface StockAllocation {
  pool: StockPool;
  pool_id: StockPoolId;
  variant: VariantId;
  name: string;
  options: string;
  sku: string;
  units: number;
  left: number;
  held: number;
  sold: number;
  note?: string;
  at: Time;
  ended?: Time;
}

export interface StockAllocations {
  items: StockAllocation[];
  next?: StockPoolId;
  next_item?: VariantId;
}

// No parts: an ordinary variant with stock of its own.
export interface StockBundle {
  parts: StockBundlePart[];
}
export const stockBundleLimits = {
  parts: { min: 0, max: 20 },
} as const;

export interface StockBundlePart {
  part: VariantId;
  quantity: number;
}
export const stockBundlePartLimits = {
  quantity: { min: 1, max: 1000 },
} as const;

// Without a warehouse: the first that the shop sells from.
export interface StockChange {
  delta: number;
  reason: StockReason;
  note?: string | null;
  warehouse?: WarehouseId | null;
}
export const stockChangeLimits = {
  delta: { min: -1000000, max: 1000000 },
  note: { min: 0, max: 200 },
} as const;

export interface StockDetail {
  row: StockRow;
  places: StockPlace[];
  parts: StockPart[];
  bundles: StockRow[];
}

export interface StockHistory {
  items: StockMovement[];
  next?: string;
}

export interface StockIncoming {
  id: StockIncomingId;
  variant: VariantId;
  name: string;
  options: string;
  sku: string;
  warehouse: WarehouseId;
  quantity: number;
  received: number;
  expected?: Time;
  note?: string;
  state: StockIncomingState;
  created: Time;
  closed?: Time;
}

export interface StockIncomingNew {
  variant: VariantId;
  warehouse?: WarehouseId | null;
  quantity: number;
  expected?: Time | null;
  note?: string | null;
}
export const stockIncomingNewLimits = {
  quantity: { min: 1, max: 1000000 },
  note: { min: 0, max: 200 },
} as const;

export interface StockIncomingPage {
  items: StockIncoming[];
  next?: string;
}

export interface StockKeep {
  quantity: number;
  note?: string | null;
}
export const stockKeepLimits = {
  quantity: { min: 1, max: 1000000 },
  note: { min: 0, max: 200 },
} as const;

// on_hand = held + allocated + free + what lies in warehouses that are not sold from. Of a bundle: what could be made now.
export interface StockLevel {
  variant: VariantId;
  on_hand: number;
  held: number;
  allocated: number;
  free: number;
}

// The line below which a variant is low: -1 never; absent: the shop's.
export interface StockLine {
  low?: number | null;
}
export const stockLineLimits = {
  low: { min: -1, max: 1000000 },
} as const;

export interface StockLowPage {
  items: StockLowRow[];
  next?: string;
  low: number;
  out: number;
}

// sold: units in the last 30 days; days: how long what is there lasts at that rate, absent when nothing was sold.
export interface StockLowRow {
  row: StockRow;
  sold: number;
  days?: number;
}

// `who` is the member of staff; sales and what timers did have none. `reference` is the checkout that was sold, the order that came back, the return that an exchange was for, the delivery, or what the two halves of a transfer have in common. `bundle`: sold as part of it.
export interface StockMovement {
  id: StockMovementId;
  variant: VariantId;
  name: string;
  options: string;
  sku: string;
  warehouse: WarehouseId;
  on_hand_delta: number;
  allocated_delta: number;
  reason: StockReason;
  note?: string;
  reference?: string;
  bundle?: VariantId;
  bundle_name?: string;
  actor?: AccountId;
  who?: string;
  at: Time;
}

export interface StockPage {
  items: StockRow[];
  next?: string;
}

export interface StockPart {
  part: VariantId;
  quantity: number;
  name: string;
  options: string;
  sku: string;
  free: number;
}

export interface StockPlace {
  warehouse: WarehouseId;
  name: string;
  first: boolean;
  active: boolean;
  on_hand: number;
  held: number;
  allocated: number;
  free: number;
}

export interface StockReceive {
  quantity: number;
  note?: string | null;
}
export const stockReceiveLimits = {
  quantity: { min: 1, max: 1000000 },
  note: { min: 0, max: 200 },
} as const;

export interface StockRow {
  variant: VariantId;
  product: ProductId;
  name: string;
  options: string;
  sku: string;
  on_sale: boolean;
  bundle: boolean;
  on_hand: number;
  held: number;
  allocated: number;
  free: number;
  incoming: number;
  low: number;
  low_own: boolean;
  alert: StockAlert;
  low_since?: Time;
}

export interface StockSettings {
  low: number;
}
export const stockSettingsLimits = {
  low: { min: -1, max: 1000000 },
} as const;

export interface StockTransfer {
  from: WarehouseId;
  to: WarehouseId;
  note?: string | null;
  lines: StockTransferLine[];
}
export const stockTransferLimits = {
  note: { min: 0, max: 200 },
  lines: { min: 1, max: 100 },
} as const;

export interface StockTransferLine {
  variant: VariantId;
  quantity: number;
}
export const stockTransferLineLimits = {
  quantity: { min: 1, max: 1000000 },
} as const;

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
  allocated: number;
  free: number;
  active: boolean;
}

// tag: as it is compared, in lower case and without its sign. clips: ready ones with it; counted up to 10,000.
export interface TagPage {
  tag: string;
  clips: number;
  items: Clip[];
  next?: string;
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

// score: per mille, of how far it rises and how sure that is; it fades with time. times: so many thousandths of what was expected there are at least. people: the most of one bucket. name: of a sound its first clip's caption. points: the window's buckets in order; fewer than five people are told as none.
export interface Trend {
  kind: TrendKind;
  name: string;
  category: string;
  region: string;
  product?: ProductCard;
  shop?: ShopCard;
  sound?: ClipId;
  score: number;
  times: number;
  people: number;
  since: Time;
  points: TrendPoint[];
}

// regions, categories: where and of which kinds of product there is something to choose in this window.
export interface TrendPage {
  window: TrendWindow;
  items: Trend[];
  regions: string[];
  categories: string[];
  updated?: Time;
}

export interface TrendPoint {
  at: Time;
  people: number;
}

export interface TrialBalance {
  items: TrialLine[];
}

// part: the way to pay (clearing, provider_fees) or the country (tax).
export interface TrialLine {
  account: LedgerAccount;
  part: string;
  currency: Currency;
  debit: number;
  credit: number;
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

// stock is the number left when it is low (at most 10), absent when there is plenty or none. price is what it costs here and now; tag says more of it when an offer lowers it or the seller compares it with a higher one.
export interface Variant {
  id: VariantId;
  sku: string;
  options: string[];
  price: Money;
  compare_at?: Money;
  available: boolean;
  stock?: number;
  tag?: PriceTag;
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

// left: how often this person may still use it. scoped: only for some products.
export interface Voucher {
  id: VoucherId;
  shop?: ShopCard;
  funder: Funder;
  name: string;
  market: string;
  percent?: number;
  amount?: Money;
  free_shipping: boolean;
  cap?: Money;
  minimum?: Money;
  first_order: FirstOrder;
  followers: boolean;
  scoped: boolean;
  starts: Time;
  ends: Time;
  claimed: boolean;
  usable: boolean;
  left?: number;
}

// A public voucher by its id, or any by its code.
export interface VoucherClaim {
  voucher?: VoucherId | null;
  code?: string | null;
}
export const voucherClaimLimits = {
  code: { min: 1, max: 40 },
} as const;

export interface VoucherPage {
  items: Voucher[];
}

// What a wallet holds.
export interface VoucherPick {
  vouchers: VoucherId[];
  offer?: OfferId;
}

export interface Warehouse {
  id: WarehouseId;
  name: string;
  country: string;
  city: string;
  priority: number;
  active: boolean;
  first: boolean;
  created: Time;
}

// Every field absent stays as it is.
export interface WarehouseEdit {
  name?: string | null;
  country?: string | null;
  city?: string | null;
  priority?: number | null;
  active?: boolean | null;
}
export const warehouseEditLimits = {
  name: { min: 1, max: 80 },
  country: { min: 2, max: 2 },
  city: { min: 0, max: 80 },
  priority: { min: 0, max: 1000 },
} as const;

export interface WarehouseNew {
  name: string;
  country: string;
  city?: string | null;
  priority?: number | null;
}
export const warehouseNewLimits = {
  name: { min: 1, max: 80 },
  country: { min: 2, max: 2 },
  city: { min: 0, max: 80 },
  priority: { min: 0, max: 1000 },
} as const;

export interface WarehousePage {
  items: Warehouse[];
}
