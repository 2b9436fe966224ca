// Refusals (RFC 9457) and which of them a route gives. Written by tools/gen; do not edit.

export interface Problem<S extends string = Slug> {
  type: string;
  slug: S;
  title: string;
  status: number;
  detail?: string;
  field?: string;            // such as lines[2].quantity
  requestId?: string;
}

// Any call may end so; 'offline' and 'aborted' are the client's own.
export type GeneralSlug = 'offline' | 'aborted' | 'bad_request' | 'bad_field' | 'bad_json' | 'csrf' | 'sign_in' | 'forbidden'
  | 'idempotency_key' | 'too_many' | 'too_large' | 'timeout' | 'length_required' | 'head_too_large' | 'method_not_allowed'
  | 'internal' | 'busy' | 'disk';

export type Slug = 'offline' | 'aborted' | 'archived' | 'bad_field' | 'bad_json' | 'bad_media' | 'bad_request' | 'balance'
  | 'below_least' | 'busy' | 'cart_empty' | 'cart_full' | 'csrf' | 'currency' | 'disk' | 'forbidden' | 'handle_taken'
  | 'head_too_large' | 'idempotency_key' | 'internal' | 'length_required' | 'limit' | 'locked' | 'method_not_allowed'
  | 'method_off' | 'not_found' | 'not_served' | 'offset' | 'payment_over' | 'price_changed' | 'range' | 'sign_in' | 'sku_taken'
  | 'sold_out' | 'stale' | 'timeout' | 'too_large' | 'too_many' | 'too_many_items' | 'tus_version' | 'unsupported_type'
  | 'unverified' | 'voucher' | 'weak_password' | 'wrong_sign_in' | 'wrong_state';

export type AccountPostSlug = 'weak_password' | 'handle_taken' | 'too_many' | 'bad_field';
export type AddressDeleteSlug = 'not_found';
export type AddressListSlug = never;
export type AddressPostSlug = 'too_many_items' | 'bad_field';
export type AddressPutSlug = 'not_found' | 'bad_field';
export type CartGetSlug = never;
export type CartLinePutSlug = 'not_found' | 'archived' | 'sold_out' | 'cart_full' | 'bad_field' | 'limit';
export type CheckoutGetSlug = 'not_found';
export type CheckoutPostSlug = 'cart_empty' | 'sold_out' | 'archived' | 'price_changed' | 'currency' | 'method_off'
  | 'not_found' | 'bad_field' | 'not_served' | 'limit' | 'voucher' | 'too_many_items';
export type ClipDeleteSlug = 'not_found' | 'forbidden';
export type ClipGetSlug = 'not_found';
export type ClipLikeSlug = 'not_found';
export type ClipListSlug = 'not_found';
export type ClipPatchSlug = 'not_found' | 'forbidden' | 'bad_field' | 'archived' | 'wrong_state';
export type ClipPostSlug = 'not_found' | 'forbidden' | 'wrong_state' | 'bad_field' | 'archived';
export type ClipRetrySlug = 'not_found' | 'forbidden' | 'wrong_state';
export type ClipUnlikeSlug = 'not_found';
export type FeedGetSlug = 'bad_field';
export type InvoiceGetSlug = 'not_found';
export type InvoiceListSlug = 'not_found' | 'forbidden';
export type MarketListSlug = never;
export type MeGetSlug = never;
export type MePatchSlug = 'handle_taken' | 'bad_field';
export type OperatorAuditGetSlug = never;
export type OperatorAuditPostSlug = never;
export type OperatorChangeListSlug = 'not_found';
export type OperatorHolidayDeleteSlug = 'not_found' | 'stale';
export type OperatorHolidayListSlug = 'not_found';
export type OperatorHolidayPutSlug = 'not_found' | 'stale' | 'too_many_items';
export type OperatorMarketListSlug = never;
export type OperatorMarketPutSlug = 'stale' | 'too_many_items' | 'wrong_state';
export type OperatorReturnListSlug = never;
export type OperatorRuleListSlug = 'not_found';
export type OperatorRulePutSlug = 'not_found' | 'stale';
export type OrderCancelAnswerSlug = 'not_found' | 'wrong_state' | 'forbidden';
export type OrderCancelPostSlug = 'not_found' | 'wrong_state' | 'forbidden' | 'bad_field';
export type OrderDeliverySlug = 'not_found' | 'forbidden' | 'wrong_state';
export type OrderExtendSlug = 'not_found' | 'wrong_state';
export type OrderGetSlug = 'not_found';
export type OrderInvoiceSlug = 'not_found';
export type OrderListSlug = never;
export type OrderPackSlug = 'not_found' | 'forbidden' | 'wrong_state';
export type OrderReceivedSlug = 'not_found' | 'wrong_state';
export type OrderRefundPostSlug = 'not_found' | 'wrong_state' | 'forbidden' | 'bad_field';
export type OrderRefundPreviewPostSlug = 'not_found' | 'wrong_state' | 'forbidden' | 'bad_field';
export type PasswordPutSlug = 'wrong_sign_in' | 'weak_password' | 'too_many';
export type PaymentGetSlug = 'not_found';
export type PaymentRetrySlug = 'not_found' | 'payment_over' | 'wrong_state' | 'sold_out' | 'archived' | 'limit' | 'voucher';
export type PaymentStepSlug = 'not_found' | 'payment_over' | 'wrong_state';
export type PicturePostSlug = 'bad_media' | 'too_large' | 'unsupported_type' | 'too_many';
export type ProductGetSlug = 'not_found';
export type ProductListSlug = 'not_found';
export type ProductPatchSlug = 'not_found' | 'forbidden' | 'sku_taken' | 'stale' | 'bad_field' | 'currency' | 'too_many_items';
export type ProductPostSlug = 'not_found' | 'forbidden' | 'sku_taken' | 'bad_field' | 'currency';
export type ProductTaxGetSlug = 'not_found' | 'forbidden';
export type ProductTaxPutSlug = 'not_found' | 'forbidden' | 'bad_field';
export type QuotePostSlug = 'cart_empty' | 'sold_out' | 'archived' | 'currency' | 'not_found' | 'bad_field' | 'not_served'
  | 'limit' | 'voucher' | 'too_many_items';
export type ReturnGetSlug = 'not_found';
export type ReturnListSlug = never;
export type ReturnOfOrderSlug = 'not_found';
export type ReturnPostSlug = 'not_found' | 'wrong_state' | 'bad_field';
export type ReturnPreviewSlug = 'not_found' | 'wrong_state' | 'bad_field';
export type ReturnStepPostSlug = 'not_found' | 'wrong_state' | 'forbidden' | 'bad_field';
export type SessionEndSlug = 'not_found';
export type SessionEndCurrentSlug = never;
export type SessionListSlug = never;
export type SessionPostSlug = 'wrong_sign_in' | 'too_many';
export type ShipmentPostSlug = 'not_found' | 'forbidden' | 'wrong_state' | 'bad_field';
export type ShopByHandleSlug = 'not_found';
export type ShopGetSlug = 'not_found';
export type ShopPatchSlug = 'not_found' | 'forbidden' | 'bad_field';
export type ShopPostSlug = 'handle_taken' | 'too_many_items' | 'bad_field';
export type StaffDeleteSlug = 'not_found' | 'forbidden' | 'wrong_state';
export type StaffListSlug = 'not_found' | 'forbidden';
export type StaffPostSlug = 'not_found' | 'forbidden' | 'too_many_items' | 'wrong_state';
export type StockMovementsSlug = 'not_found' | 'forbidden';
export type StockPostSlug = 'not_found' | 'forbidden' | 'sold_out' | 'bad_field';
export type StudioClipListSlug = 'not_found' | 'forbidden';
export type StudioOrderCountsSlug = 'not_found' | 'forbidden';
export type StudioOrderListSlug = 'not_found' | 'forbidden' | 'bad_field';
export type StudioProductGetSlug = 'not_found' | 'forbidden';
export type StudioProductListSlug = 'not_found' | 'forbidden';
export type StudioReturnListSlug = 'not_found' | 'forbidden';
export type TaxDetailsGetSlug = 'not_found' | 'forbidden';
export type TaxDetailsPutSlug = 'not_found' | 'forbidden' | 'bad_field';
export type TaxRateDeleteSlug = 'not_found' | 'wrong_state';
export type TaxRateListSlug = 'bad_field';
export type TaxRatePostSlug = 'bad_field';
export type UploadCreateSlug = 'bad_field' | 'too_large' | 'tus_version' | 'too_many_items' | 'disk';
export type UploadDeleteSlug = 'not_found' | 'locked' | 'tus_version';
export type UploadHeadSlug = 'not_found' | 'tus_version';
export type UploadListSlug = never;
export type UploadOptionsSlug = never;
export type UploadPatchSlug = 'not_found' | 'offset' | 'locked' | 'unsupported_type' | 'too_large' | 'tus_version' | 'disk';
