// A function a route. Refusals are values, not exceptions. Written by tools/gen; do not edit.
import type {
  Account,
  AccountEdit,
  AccountId,
  AccountMade,
  AccountNew,
  Address,
  AddressId,
  AddressNew,
  AddressPage,
  AuditResult,
  CancelAnswer,
  CancelNew,
  Cart,
  CartLinePut,
  Checkout,
  CheckoutId,
  CheckoutNew,
  Clip,
  ClipEdit,
  ClipId,
  ClipNew,
  ClipPage,
  DeliveryNews,
  FeedPage,
  HolidayPage,
  HolidayPut,
  Invoice,
  InvoiceCardPage,
  InvoiceId,
  MarketChangeId,
  MarketChangePage,
  MarketNumberPage,
  MarketNumberPut,
  MarketPage,
  MarketPut,
  MarketRule,
  Me,
  OperatorMarket,
  OperatorMarketPage,
  Order,
  OrderCardPage,
  OrderCounts,
  OrderFlag,
  OrderId,
  OrderState,
  PasswordChange,
  Payment,
  PaymentId,
  PaymentStep,
  Picture,
  Product,
  ProductCardPage,
  ProductEdit,
  ProductId,
  ProductNew,
  ProductState,
  ProductTax,
  Quote,
  QuoteNew,
  RefundNew,
  RefundPreview,
  RefundPreviewNew,
  Return,
  ReturnCardPage,
  ReturnId,
  ReturnNew,
  ReturnPreview,
  ReturnState,
  ReturnStep,
  SessionId,
  SessionMade,
  SessionNew,
  SessionPage,
  ShipmentNew,
  Shop,
  ShopEdit,
  ShopId,
  ShopNew,
  Staff,
  StaffNew,
  StaffPage,
  StockChange,
  StockLevel,
  StockMovementId,
  StockMovementPage,
  StudioProduct,
  TaxDetails,
  TaxDetailsNew,
  TaxRate,
  TaxRateId,
  TaxRateNew,
  TaxRatePage,
  UploadId,
  UploadPage,
  VariantId,
} from './types';
import type {
  AccountPostSlug,
  AddressDeleteSlug,
  AddressListSlug,
  AddressPostSlug,
  AddressPutSlug,
  CartGetSlug,
  CartLinePutSlug,
  CheckoutGetSlug,
  CheckoutPostSlug,
  ClipDeleteSlug,
  ClipGetSlug,
  ClipLikeSlug,
  ClipListSlug,
  ClipPatchSlug,
  ClipPostSlug,
  ClipRetrySlug,
  ClipUnlikeSlug,
  FeedGetSlug,
  GeneralSlug,
  InvoiceGetSlug,
  InvoiceListSlug,
  MarketListSlug,
  MeGetSlug,
  MePatchSlug,
  OperatorAuditGetSlug,
  OperatorAuditPostSlug,
  OperatorChangeListSlug,
  OperatorHolidayDeleteSlug,
  OperatorHolidayListSlug,
  OperatorHolidayPutSlug,
  OperatorMarketListSlug,
  OperatorMarketPutSlug,
  OperatorReturnListSlug,
  OperatorRuleListSlug,
  OperatorRulePutSlug,
  OrderCancelAnswerSlug,
  OrderCancelPostSlug,
  OrderDeliverySlug,
  OrderExtendSlug,
  OrderGetSlug,
  OrderInvoiceSlug,
  OrderListSlug,
  OrderPackSlug,
  OrderReceivedSlug,
  OrderRefundPostSlug,
  OrderRefundPreviewPostSlug,
  PasswordPutSlug,
  PaymentGetSlug,
  PaymentRetrySlug,
  PaymentStepSlug,
  PicturePostSlug,
  Problem,
  ProductGetSlug,
  ProductListSlug,
  ProductPatchSlug,
  ProductPostSlug,
  ProductTaxGetSlug,
  ProductTaxPutSlug,
  QuotePostSlug,
  ReturnGetSlug,
  ReturnListSlug,
  ReturnOfOrderSlug,
  ReturnPostSlug,
  ReturnPreviewSlug,
  ReturnStepPostSlug,
  SessionEndCurrentSlug,
  SessionEndSlug,
  SessionListSlug,
  SessionPostSlug,
  ShipmentPostSlug,
  ShopByHandleSlug,
  ShopGetSlug,
  ShopPatchSlug,
  ShopPostSlug,
  StaffDeleteSlug,
  StaffListSlug,
  StaffPostSlug,
  StockMovementsSlug,
  StockPostSlug,
  StudioClipListSlug,
  StudioOrderCountsSlug,
  StudioOrderListSlug,
  StudioProductGetSlug,
  StudioProductListSlug,
  StudioReturnListSlug,
  TaxDetailsGetSlug,
  TaxDetailsPutSlug,
  TaxRateDeleteSlug,
  TaxRateListSlug,
  TaxRatePostSlug,
  UploadCreateSlug,
  UploadDeleteSlug,
  UploadHeadSlug,
  UploadListSlug,
  UploadOptionsSlug,
  UploadPatchSlug,
} from './problems';

export type Result<T, S extends string> =
  | { ok: true; value: T; status: number; headers: Headers }
  | { ok: false; problem: Problem<S | GeneralSlug> };

export interface Options {
  signal?: AbortSignal;
  idempotencyKey?: string;             // a repeated key gets the first answer again
  headers?: Record<string, string>;
}

// What the app knows and the client asks for at each call. Assign to it once, at the start.
export const settings: {
  base: string;
  csrf: () => string | undefined;
  language: () => string | undefined;
  fetch: typeof fetch;
} = {
  base: '',
  csrf: () => undefined,
  language: () => undefined,
  fetch: (...args) => globalThis.fetch(...args),
};

type QueryValue = string | number | boolean | undefined;

// A path's address with its query; undefined values are left out.
export function address(path: string, query: Record<string, QueryValue> = {}): string {
  const parts = Object.entries(query)
    .flatMap(([name, v]) => v === undefined ? [] : [`${name}=${encodeURIComponent(String(v))}`]);
  return settings.base + path + (parts.length ? `?${parts.join('&')}` : '');
}

function failed<S extends string>(slug: GeneralSlug, status: number, detail: string): Result<never, S> {
  return { ok: false, problem: { type: `/problems/${slug}`, slug, title: detail, status, detail } };
}

async function call<T, S extends string>(
  method: string, url: string, body: unknown, options: Options = {},
): Promise<Result<T, S>> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  const raw = body instanceof Blob || body instanceof ArrayBuffer;
  if (body !== undefined && !raw) headers['Content-Type'] = 'application/json';
  const language = settings.language();
  if (language) headers['Accept-Language'] = language;
  const csrf = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? undefined : settings.csrf();
  if (csrf) headers['X-CSRF-Token'] = csrf;
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  let answer: Response;
  let text: string;
  try {
    answer = await settings.fetch(url, {
      method, headers, credentials: 'same-origin', signal: options.signal ?? null,
      body: raw ? body : body === undefined ? null : JSON.stringify(body),
    });
    text = await answer.text();
  } catch (e) {
    if (options.signal?.aborted) return failed('aborted', 0, 'The call was given up');
    return failed('offline', 0, 'The server did not answer');
  }
  return read(answer, text);
}

function read<T, S extends string>(answer: Response, text: string): Result<T, S> {
  const { status, headers } = answer;
  const strange: GeneralSlug = status >= 502 ? 'busy' : 'internal';      // a proxy's page, say
  let json: unknown;
  try {
    json = text ? JSON.parse(text) : undefined;
  } catch {
    return failed(strange, status, 'The answer could not be read');
  }
  if (answer.ok) return { ok: true, value: json as T, status, headers };
  if (typeof json !== 'object' || json === null || !('type' in json)) return failed(strange, status, answer.statusText);
  const problem = json as Omit<Problem<S | GeneralSlug>, 'slug'>;
  const slug = problem.type.slice(problem.type.lastIndexOf('/') + 1) as S | GeneralSlug;
  return { ok: false, problem: { ...problem, slug } };
}

export const api = {
  // POST /v1/accounts
  accountPost(body: AccountNew, options?: Options): Promise<Result<AccountMade, AccountPostSlug>> {
    return call('POST', address('/v1/accounts'), body, options);
  },
  // DELETE /v1/addresses/{id:AddressId}
  addressDelete(args: { id: AddressId }, options?: Options): Promise<Result<undefined, AddressDeleteSlug>> {
    return call('DELETE', address(`/v1/addresses/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/addresses
  addressList(options?: Options): Promise<Result<AddressPage, AddressListSlug>> {
    return call('GET', address('/v1/addresses'), undefined, options);
  },
  // POST /v1/addresses
  addressPost(body: AddressNew, options?: Options): Promise<Result<Address, AddressPostSlug>> {
    return call('POST', address('/v1/addresses'), body, options);
  },
  // PUT /v1/addresses/{id:AddressId}
  addressPut(args: { id: AddressId }, body: AddressNew, options?: Options): Promise<Result<Address, AddressPutSlug>> {
    return call('PUT', address(`/v1/addresses/${encodeURIComponent(args.id)}`), body, options);
  },
  // PATCH /v1/me
  mePatch(body: AccountEdit, options?: Options): Promise<Result<Account, MePatchSlug>> {
    return call('PATCH', address('/v1/me'), body, options);
  },
  // PUT /v1/me/password
  passwordPut(body: PasswordChange, options?: Options): Promise<Result<undefined, PasswordPutSlug>> {
    return call('PUT', address('/v1/me/password'), body, options);
  },
  // DELETE /v1/sessions/{id:SessionId}
  sessionEnd(args: { id: SessionId }, options?: Options): Promise<Result<undefined, SessionEndSlug>> {
    return call('DELETE', address(`/v1/sessions/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // DELETE /v1/sessions/current
  sessionEndCurrent(options?: Options): Promise<Result<undefined, SessionEndCurrentSlug>> {
    return call('DELETE', address('/v1/sessions/current'), undefined, options);
  },
  // GET /v1/sessions
  sessionList(options?: Options): Promise<Result<SessionPage, SessionListSlug>> {
    return call('GET', address('/v1/sessions'), undefined, options);
  },
  // POST /v1/sessions
  sessionPost(body: SessionNew, options?: Options): Promise<Result<SessionMade, SessionPostSlug>> {
    return call('POST', address('/v1/sessions'), body, options);
  },
  // GET /v1/cart
  cartGet(args: { country?: string; postcode?: string } = {}, options?: Options): Promise<Result<Cart, CartGetSlug>> {
    return call('GET', address('/v1/cart', { country: args.country, postcode: args.postcode }), undefined, options);
  },
  // PUT /v1/cart/lines
  cartLinePut(body: CartLinePut, options?: Options): Promise<Result<Cart, CartLinePutSlug>> {
    return call('PUT', address('/v1/cart/lines'), body, options);
  },
  // POST /v1/pictures
  picturePost(body: Blob, options?: Options): Promise<Result<Picture, PicturePostSlug>> {
    return call('POST', address('/v1/pictures'), body, options);
  },
  // GET /v1/products/{id:ProductId}
  productGet(args: { id: ProductId }, options?: Options): Promise<Result<Product, ProductGetSlug>> {
    return call('GET', address(`/v1/products/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/shops/{shop:ShopId}/products
  productList(args: { shop: ShopId; before?: ProductId; limit?: number }, options?: Options): Promise<Result<ProductCardPage, ProductListSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/products`, { before: args.before, limit: args.limit }), undefined, options);
  },
  // PATCH /v1/products/{id:ProductId}
  productPatch(args: { id: ProductId }, body: ProductEdit, options?: Options): Promise<Result<Product, ProductPatchSlug>> {
    return call('PATCH', address(`/v1/products/${encodeURIComponent(args.id)}`), body, options);
  },
  // POST /v1/shops/{shop:ShopId}/products
  productPost(args: { shop: ShopId }, body: ProductNew, options?: Options): Promise<Result<Product, ProductPostSlug>> {
    return call('POST', address(`/v1/shops/${encodeURIComponent(args.shop)}/products`), body, options);
  },
  // GET /v1/studio/products/{id:ProductId}
  studioProductGet(args: { id: ProductId }, options?: Options): Promise<Result<StudioProduct, StudioProductGetSlug>> {
    return call('GET', address(`/v1/studio/products/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/products
  studioProductList(args: { shop: ShopId; state?: ProductState; before?: ProductId; limit?: number }, options?: Options): Promise<Result<ProductCardPage, StudioProductListSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/products`, { state: args.state, before: args.before, limit: args.limit }), undefined, options);
  },
  // DELETE /v1/clips/{id:ClipId}
  clipDelete(args: { id: ClipId }, options?: Options): Promise<Result<undefined, ClipDeleteSlug>> {
    return call('DELETE', address(`/v1/clips/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/clips/{id:ClipId}
  clipGet(args: { id: ClipId }, options?: Options): Promise<Result<Clip, ClipGetSlug>> {
    return call('GET', address(`/v1/clips/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // PUT /v1/clips/{id:ClipId}/like
  clipLike(args: { id: ClipId }, options?: Options): Promise<Result<undefined, ClipLikeSlug>> {
    return call('PUT', address(`/v1/clips/${encodeURIComponent(args.id)}/like`), undefined, options);
  },
  // GET /v1/shops/{shop:ShopId}/clips
  clipList(args: { shop: ShopId; before?: ClipId; limit?: number }, options?: Options): Promise<Result<ClipPage, ClipListSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/clips`, { before: args.before, limit: args.limit }), undefined, options);
  },
  // PATCH /v1/clips/{id:ClipId}
  clipPatch(args: { id: ClipId }, body: ClipEdit, options?: Options): Promise<Result<Clip, ClipPatchSlug>> {
    return call('PATCH', address(`/v1/clips/${encodeURIComponent(args.id)}`), body, options);
  },
  // POST /v1/clips
  clipPost(body: ClipNew, options?: Options): Promise<Result<Clip, ClipPostSlug>> {
    return call('POST', address('/v1/clips'), body, options);
  },
  // POST /v1/clips/{id:ClipId}/retry
  clipRetry(args: { id: ClipId }, options?: Options): Promise<Result<Clip, ClipRetrySlug>> {
    return call('POST', address(`/v1/clips/${encodeURIComponent(args.id)}/retry`), undefined, options);
  },
  // DELETE /v1/clips/{id:ClipId}/like
  clipUnlike(args: { id: ClipId }, options?: Options): Promise<Result<undefined, ClipUnlikeSlug>> {
    return call('DELETE', address(`/v1/clips/${encodeURIComponent(args.id)}/like`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/clips
  studioClipList(args: { shop: ShopId; before?: ClipId; limit?: number }, options?: Options): Promise<Result<ClipPage, StudioClipListSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/clips`, { before: args.before, limit: args.limit }), undefined, options);
  },
  // POST /v1/uploads
  uploadCreate(body: Blob, options?: Options): Promise<Result<undefined, UploadCreateSlug>> {
    return call('POST', address('/v1/uploads'), body, options);
  },
  // DELETE /v1/uploads/{id:UploadId}
  uploadDelete(args: { id: UploadId }, options?: Options): Promise<Result<undefined, UploadDeleteSlug>> {
    return call('DELETE', address(`/v1/uploads/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // HEAD /v1/uploads/{id:UploadId}
  uploadHead(args: { id: UploadId }, options?: Options): Promise<Result<undefined, UploadHeadSlug>> {
    return call('HEAD', address(`/v1/uploads/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/uploads
  uploadList(options?: Options): Promise<Result<UploadPage, UploadListSlug>> {
    return call('GET', address('/v1/uploads'), undefined, options);
  },
  // OPTIONS /v1/uploads
  uploadOptions(options?: Options): Promise<Result<undefined, UploadOptionsSlug>> {
    return call('OPTIONS', address('/v1/uploads'), undefined, options);
  },
  // PATCH /v1/uploads/{id:UploadId}
  uploadPatch(args: { id: UploadId }, body: Blob, options?: Options): Promise<Result<undefined, UploadPatchSlug>> {
    return call('PATCH', address(`/v1/uploads/${encodeURIComponent(args.id)}`), body, options);
  },
  // GET /v1/feed
  feedGet(args: { after?: string; limit?: number } = {}, options?: Options): Promise<Result<FeedPage, FeedGetSlug>> {
    return call('GET', address('/v1/feed', { after: args.after, limit: args.limit }), undefined, options);
  },
  // GET /v1/operator/audit
  operatorAuditGet(options?: Options): Promise<Result<AuditResult, OperatorAuditGetSlug>> {
    return call('GET', address('/v1/operator/audit'), undefined, options);
  },
  // POST /v1/operator/audit: Begins one now; ask for its result with GET. While one runs it is left alone.
  operatorAuditPost(options?: Options): Promise<Result<AuditResult, OperatorAuditPostSlug>> {
    return call('POST', address('/v1/operator/audit'), undefined, options);
  },
  // GET /v1/markets
  marketList(options?: Options): Promise<Result<MarketPage, MarketListSlug>> {
    return call('GET', address('/v1/markets'), undefined, options);
  },
  // GET /v1/operator/markets/{country:text}/changes
  operatorChangeList(args: { country: string; rule?: MarketRule; before?: MarketChangeId }, options?: Options): Promise<Result<MarketChangePage, OperatorChangeListSlug>> {
    return call('GET', address(`/v1/operator/markets/${encodeURIComponent(args.country)}/changes`, { rule: args.rule, before: args.before }), undefined, options);
  },
  // DELETE /v1/operator/markets/{country:text}/holidays/{day:text}: Takes the day off the calendar; version is the market's, as shown.
  operatorHolidayDelete(args: { country: string; day: string; version: number }, options?: Options): Promise<Result<HolidayPage, OperatorHolidayDeleteSlug>> {
    return call('DELETE', address(`/v1/operator/markets/${encodeURIComponent(args.country)}/holidays/${encodeURIComponent(args.day)}`, { version: args.version }), undefined, options);
  },
  // GET /v1/operator/markets/{country:text}/holidays
  operatorHolidayList(args: { country: string; year: number }, options?: Options): Promise<Result<HolidayPage, OperatorHolidayListSlug>> {
    return call('GET', address(`/v1/operator/markets/${encodeURIComponent(args.country)}/holidays`, { year: args.year }), undefined, options);
  },
  // PUT /v1/operator/markets/{country:text}/holidays/{day:text}
  operatorHolidayPut(args: { country: string; day: string }, body: HolidayPut, options?: Options): Promise<Result<HolidayPage, OperatorHolidayPutSlug>> {
    return call('PUT', address(`/v1/operator/markets/${encodeURIComponent(args.country)}/holidays/${encodeURIComponent(args.day)}`), body, options);
  },
  // GET /v1/operator/markets
  operatorMarketList(options?: Options): Promise<Result<OperatorMarketPage, OperatorMarketListSlug>> {
    return call('GET', address('/v1/operator/markets'), undefined, options);
  },
  // PUT /v1/operator/markets/{country:text}
  operatorMarketPut(args: { country: string }, body: MarketPut, options?: Options): Promise<Result<OperatorMarket, OperatorMarketPutSlug>> {
    return call('PUT', address(`/v1/operator/markets/${encodeURIComponent(args.country)}`), body, options);
  },
  // GET /v1/operator/markets/{country:text}/rules
  operatorRuleList(args: { country: string }, options?: Options): Promise<Result<MarketNumberPage, OperatorRuleListSlug>> {
    return call('GET', address(`/v1/operator/markets/${encodeURIComponent(args.country)}/rules`), undefined, options);
  },
  // PUT /v1/operator/markets/{country:text}/rules/{rule:MarketRule}
  operatorRulePut(args: { country: string; rule: MarketRule }, body: MarketNumberPut, options?: Options): Promise<Result<MarketNumberPage, OperatorRulePutSlug>> {
    return call('PUT', address(`/v1/operator/markets/${encodeURIComponent(args.country)}/rules/${encodeURIComponent(args.rule)}`), body, options);
  },
  // GET /v1/me
  meGet(options?: Options): Promise<Result<Me, MeGetSlug>> {
    return call('GET', address('/v1/me'), undefined, options);
  },
  // GET /v1/checkouts/{id:CheckoutId}
  checkoutGet(args: { id: CheckoutId }, options?: Options): Promise<Result<Checkout, CheckoutGetSlug>> {
    return call('GET', address(`/v1/checkouts/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // POST /v1/checkouts
  checkoutPost(body: CheckoutNew, options?: Options): Promise<Result<Checkout, CheckoutPostSlug>> {
    return call('POST', address('/v1/checkouts'), body, options);
  },
  // POST /v1/orders/{id:OrderId}/cancel-answer
  orderCancelAnswer(args: { id: OrderId }, body: CancelAnswer, options?: Options): Promise<Result<Order, OrderCancelAnswerSlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.id)}/cancel-answer`), body, options);
  },
  // POST /v1/orders/{id:OrderId}/cancel
  orderCancelPost(args: { id: OrderId }, body: CancelNew, options?: Options): Promise<Result<Order, OrderCancelPostSlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.id)}/cancel`), body, options);
  },
  // POST /v1/orders/{id:OrderId}/delivery
  orderDelivery(args: { id: OrderId }, body: DeliveryNews, options?: Options): Promise<Result<Order, OrderDeliverySlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.id)}/delivery`), body, options);
  },
  // POST /v1/orders/{id:OrderId}/extension
  orderExtend(args: { id: OrderId }, options?: Options): Promise<Result<Order, OrderExtendSlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.id)}/extension`), undefined, options);
  },
  // GET /v1/orders/{id:OrderId}
  orderGet(args: { id: OrderId }, options?: Options): Promise<Result<Order, OrderGetSlug>> {
    return call('GET', address(`/v1/orders/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/orders
  orderList(args: { before?: OrderId; limit?: number } = {}, options?: Options): Promise<Result<OrderCardPage, OrderListSlug>> {
    return call('GET', address('/v1/orders', { before: args.before, limit: args.limit }), undefined, options);
  },
  // POST /v1/orders/{id:OrderId}/pack
  orderPack(args: { id: OrderId }, options?: Options): Promise<Result<Order, OrderPackSlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.id)}/pack`), undefined, options);
  },
  // POST /v1/orders/{id:OrderId}/receipt
  orderReceived(args: { id: OrderId }, options?: Options): Promise<Result<Order, OrderReceivedSlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.id)}/receipt`), undefined, options);
  },
  // POST /v1/orders/{id:OrderId}/refunds
  orderRefundPost(args: { id: OrderId }, body: RefundNew, options?: Options): Promise<Result<Order, OrderRefundPostSlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.id)}/refunds`), body, options);
  },
  // POST /v1/orders/{id:OrderId}/refund-previews
  orderRefundPreviewPost(args: { id: OrderId }, body: RefundPreviewNew, options?: Options): Promise<Result<RefundPreview, OrderRefundPreviewPostSlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.id)}/refund-previews`), body, options);
  },
  // GET /v1/payments/{id:PaymentId}
  paymentGet(args: { id: PaymentId }, options?: Options): Promise<Result<Payment, PaymentGetSlug>> {
    return call('GET', address(`/v1/payments/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // POST /v1/payments/{id:PaymentId}/retry
  paymentRetry(args: { id: PaymentId }, options?: Options): Promise<Result<Payment, PaymentRetrySlug>> {
    return call('POST', address(`/v1/payments/${encodeURIComponent(args.id)}/retry`), undefined, options);
  },
  // POST /v1/payments/{id:PaymentId}/step
  paymentStep(args: { id: PaymentId }, body: PaymentStep, options?: Options): Promise<Result<Payment, PaymentStepSlug>> {
    return call('POST', address(`/v1/payments/${encodeURIComponent(args.id)}/step`), body, options);
  },
  // POST /v1/quotes
  quotePost(body: QuoteNew, options?: Options): Promise<Result<Quote, QuotePostSlug>> {
    return call('POST', address('/v1/quotes'), body, options);
  },
  // POST /v1/orders/{id:OrderId}/shipments
  shipmentPost(args: { id: OrderId }, body: ShipmentNew, options?: Options): Promise<Result<Order, ShipmentPostSlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.id)}/shipments`), body, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/order-counts
  studioOrderCounts(args: { shop: ShopId }, options?: Options): Promise<Result<OrderCounts, StudioOrderCountsSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/order-counts`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/orders
  studioOrderList(args: { shop: ShopId; state?: OrderState; flag?: OrderFlag; before?: OrderId; limit?: number }, options?: Options): Promise<Result<OrderCardPage, StudioOrderListSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/orders`, { state: args.state, flag: args.flag, before: args.before, limit: args.limit }), undefined, options);
  },
  // GET /v1/operator/returns
  operatorReturnList(args: { before?: ReturnId } = {}, options?: Options): Promise<Result<ReturnCardPage, OperatorReturnListSlug>> {
    return call('GET', address('/v1/operator/returns', { before: args.before }), undefined, options);
  },
  // GET /v1/returns/{id:ReturnId}
  returnGet(args: { id: ReturnId }, options?: Options): Promise<Result<Return, ReturnGetSlug>> {
    return call('GET', address(`/v1/returns/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/returns
  returnList(args: { before?: ReturnId } = {}, options?: Options): Promise<Result<ReturnCardPage, ReturnListSlug>> {
    return call('GET', address('/v1/returns', { before: args.before }), undefined, options);
  },
  // GET /v1/orders/{order:OrderId}/returns
  returnOfOrder(args: { order: OrderId }, options?: Options): Promise<Result<ReturnCardPage, ReturnOfOrderSlug>> {
    return call('GET', address(`/v1/orders/${encodeURIComponent(args.order)}/returns`), undefined, options);
  },
  // POST /v1/orders/{order:OrderId}/returns
  returnPost(args: { order: OrderId }, body: ReturnNew, options?: Options): Promise<Result<Return, ReturnPostSlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.order)}/returns`), body, options);
  },
  // POST /v1/orders/{order:OrderId}/return-previews
  returnPreview(args: { order: OrderId }, body: ReturnNew, options?: Options): Promise<Result<ReturnPreview, ReturnPreviewSlug>> {
    return call('POST', address(`/v1/orders/${encodeURIComponent(args.order)}/return-previews`), body, options);
  },
  // POST /v1/returns/{id:ReturnId}/steps
  returnStepPost(args: { id: ReturnId }, body: ReturnStep, options?: Options): Promise<Result<Return, ReturnStepPostSlug>> {
    return call('POST', address(`/v1/returns/${encodeURIComponent(args.id)}/steps`), body, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/returns
  studioReturnList(args: { shop: ShopId; state?: ReturnState; before?: ReturnId }, options?: Options): Promise<Result<ReturnCardPage, StudioReturnListSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/returns`, { state: args.state, before: args.before }), undefined, options);
  },
  // GET /v1/shops/by-handle/{handle:text}
  shopByHandle(args: { handle: string }, options?: Options): Promise<Result<Shop, ShopByHandleSlug>> {
    return call('GET', address(`/v1/shops/by-handle/${encodeURIComponent(args.handle)}`), undefined, options);
  },
  // GET /v1/shops/{id:ShopId}
  shopGet(args: { id: ShopId }, options?: Options): Promise<Result<Shop, ShopGetSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // PATCH /v1/shops/{id:ShopId}
  shopPatch(args: { id: ShopId }, body: ShopEdit, options?: Options): Promise<Result<Shop, ShopPatchSlug>> {
    return call('PATCH', address(`/v1/shops/${encodeURIComponent(args.id)}`), body, options);
  },
  // POST /v1/shops
  shopPost(body: ShopNew, options?: Options): Promise<Result<Shop, ShopPostSlug>> {
    return call('POST', address('/v1/shops'), body, options);
  },
  // DELETE /v1/shops/{id:ShopId}/staff/{account:AccountId}
  staffDelete(args: { id: ShopId; account: AccountId }, options?: Options): Promise<Result<undefined, StaffDeleteSlug>> {
    return call('DELETE', address(`/v1/shops/${encodeURIComponent(args.id)}/staff/${encodeURIComponent(args.account)}`), undefined, options);
  },
  // GET /v1/shops/{id:ShopId}/staff
  staffList(args: { id: ShopId }, options?: Options): Promise<Result<StaffPage, StaffListSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.id)}/staff`), undefined, options);
  },
  // POST /v1/shops/{id:ShopId}/staff
  staffPost(args: { id: ShopId }, body: StaffNew, options?: Options): Promise<Result<Staff, StaffPostSlug>> {
    return call('POST', address(`/v1/shops/${encodeURIComponent(args.id)}/staff`), body, options);
  },
  // GET /v1/variants/{variant:VariantId}/stock
  stockMovements(args: { variant: VariantId; before?: StockMovementId }, options?: Options): Promise<Result<StockMovementPage, StockMovementsSlug>> {
    return call('GET', address(`/v1/variants/${encodeURIComponent(args.variant)}/stock`, { before: args.before }), undefined, options);
  },
  // POST /v1/variants/{variant:VariantId}/stock
  stockPost(args: { variant: VariantId }, body: StockChange, options?: Options): Promise<Result<StockLevel, StockPostSlug>> {
    return call('POST', address(`/v1/variants/${encodeURIComponent(args.variant)}/stock`), body, options);
  },
  // GET /v1/invoices/{id:InvoiceId}
  invoiceGet(args: { id: InvoiceId }, options?: Options): Promise<Result<Invoice, InvoiceGetSlug>> {
    return call('GET', address(`/v1/invoices/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/invoices
  invoiceList(args: { shop: ShopId; before?: InvoiceId; limit?: number }, options?: Options): Promise<Result<InvoiceCardPage, InvoiceListSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/invoices`, { before: args.before, limit: args.limit }), undefined, options);
  },
  // GET /v1/orders/{order:OrderId}/invoice
  orderInvoice(args: { order: OrderId }, options?: Options): Promise<Result<Invoice, OrderInvoiceSlug>> {
    return call('GET', address(`/v1/orders/${encodeURIComponent(args.order)}/invoice`), undefined, options);
  },
  // GET /v1/products/{product:ProductId}/tax
  productTaxGet(args: { product: ProductId }, options?: Options): Promise<Result<ProductTax, ProductTaxGetSlug>> {
    return call('GET', address(`/v1/products/${encodeURIComponent(args.product)}/tax`), undefined, options);
  },
  // PUT /v1/products/{product:ProductId}/tax
  productTaxPut(args: { product: ProductId }, body: ProductTax, options?: Options): Promise<Result<ProductTax, ProductTaxPutSlug>> {
    return call('PUT', address(`/v1/products/${encodeURIComponent(args.product)}/tax`), body, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/tax-details
  taxDetailsGet(args: { shop: ShopId }, options?: Options): Promise<Result<TaxDetails, TaxDetailsGetSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/tax-details`), undefined, options);
  },
  // PUT /v1/studio/shops/{shop:ShopId}/tax-details
  taxDetailsPut(args: { shop: ShopId }, body: TaxDetailsNew, options?: Options): Promise<Result<TaxDetails, TaxDetailsPutSlug>> {
    return call('PUT', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/tax-details`), body, options);
  },
  // DELETE /v1/operator/tax-rates/{id:TaxRateId}
  taxRateDelete(args: { id: TaxRateId }, options?: Options): Promise<Result<undefined, TaxRateDeleteSlug>> {
    return call('DELETE', address(`/v1/operator/tax-rates/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/operator/tax-rates
  taxRateList(args: { country?: string; after?: TaxRateId; limit?: number } = {}, options?: Options): Promise<Result<TaxRatePage, TaxRateListSlug>> {
    return call('GET', address('/v1/operator/tax-rates', { country: args.country, after: args.after, limit: args.limit }), undefined, options);
  },
  // POST /v1/operator/tax-rates
  taxRatePost(body: TaxRateNew, options?: Options): Promise<Result<TaxRate, TaxRatePostSlug>> {
    return call('POST', address('/v1/operator/tax-rates'), body, options);
  },
};
