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
  BookingNew,
  BuyerRefund,
  BuyerRefundPage,
  CancelAnswer,
  CancelNew,
  Cart,
  CartLinePut,
  Challenge,
  ChallengeBoard,
  ChallengeEntry,
  ChallengeEntryNew,
  ChallengeId,
  ChallengeNew,
  ChallengePage,
  ChallengeRemoval,
  ChallengeReport,
  ChallengeReportedPage,
  Channel,
  Checkout,
  CheckoutId,
  CheckoutNew,
  Clip,
  ClipEdit,
  ClipId,
  ClipNew,
  ClipPage,
  ClipSaveId,
  Comment,
  CommentId,
  CommentNew,
  CommentPage,
  CommentThread,
  CommentWord,
  CommentWords,
  Currency,
  DeliveryNews,
  ExchangeChoices,
  Exposure,
  FeedBatch,
  FeedDialPut,
  FeedExport,
  FeedMode,
  FeedPage,
  FeedProfile,
  FeedRule,
  FeedRuleId,
  FeedRuleNew,
  FeedRulePage,
  FeedSettings,
  FeedTaken,
  FeedWhy,
  HolidayPage,
  HolidayPut,
  InboxPage,
  InvitationPage,
  Invoice,
  InvoiceCardPage,
  InvoiceId,
  LedgerAccount,
  LedgerPostingId,
  MarketChangeId,
  MarketChangePage,
  MarketNumberPage,
  MarketNumberPut,
  MarketPage,
  MarketPut,
  MarketRule,
  Me,
  NoticeGroupId,
  NoticeSwitch,
  NoticeSwitches,
  NoticeUnread,
  OfferDetail,
  OfferEdit,
  OfferId,
  OfferNew,
  OperatorMarket,
  OperatorMarketPage,
  OperatorPaymentDetail,
  OperatorPaymentPage,
  OperatorPayoutPage,
  OperatorRefund,
  OperatorRefundPage,
  Order,
  OrderCardPage,
  OrderCounts,
  OrderFlag,
  OrderId,
  OrderLineId,
  OrderState,
  Parcel,
  ParcelPage,
  ParcelPut,
  PasswordChange,
  PayTo,
  Payment,
  PaymentBank,
  PaymentId,
  PaymentReceipt,
  PaymentShow,
  PaymentStep,
  Payout,
  PayoutAccount,
  PayoutAccountCheck,
  PayoutAccountNew,
  PayoutAccountState,
  PayoutBatch,
  PayoutBatchId,
  PayoutBatchNew,
  PayoutBatchPage,
  PayoutId,
  PayoutNew,
  PayoutPage,
  PayoutReason,
  PayoutScheduleEdit,
  PayoutState,
  PersonBlockId,
  PersonFollowId,
  PersonPage,
  Picture,
  PostingPage,
  PriceChangeId,
  PriceChannel,
  PriceEntriesPut,
  PriceHistory,
  PriceListPage,
  PriceListPut,
  PriceOfferPage,
  PriceRowPage,
  Product,
  ProductCardPage,
  ProductEdit,
  ProductId,
  ProductNew,
  ProductState,
  ProductTax,
  Profile,
  ProfileEdit,
  Profiling,
  ProfilingPut,
  Promotion,
  PromotionEdit,
  PromotionId,
  PromotionNew,
  PromotionPage,
  Quote,
  QuoteNew,
  Ranking,
  RefundId,
  RefundNew,
  RefundPaid,
  RefundPreview,
  RefundPreviewNew,
  Return,
  ReturnCardPage,
  ReturnId,
  ReturnNew,
  ReturnPlace,
  ReturnPreview,
  ReturnState,
  ReturnStep,
  SavedPage,
  SearchGuesses,
  SearchKind,
  SearchPage,
  SearchSort,
  Seller,
  SellerMoney,
  SellerPage,
  SellerTierEdit,
  SessionId,
  SessionMade,
  SessionNew,
  SessionPage,
  ShipProfile,
  ShipProfilePut,
  ShipQuotation,
  ShipQuoteAsk,
  ShipTest,
  ShipmentNew,
  Shop,
  ShopEdit,
  ShopId,
  ShopNew,
  ShopPriceChangePage,
  ShopRole,
  Simulation,
  SimulationNew,
  SoundPage,
  Staff,
  StaffInvitationId,
  StaffNew,
  StaffPage,
  Statement,
  StatementDays,
  StatementMonths,
  StockAllocation,
  StockAllocations,
  StockBundle,
  StockChange,
  StockDetail,
  StockHistory,
  StockIncoming,
  StockIncomingId,
  StockIncomingNew,
  StockIncomingPage,
  StockIncomingState,
  StockKeep,
  StockLevel,
  StockLine,
  StockLowPage,
  StockMovementId,
  StockPage,
  StockPool,
  StockPoolId,
  StockReason,
  StockReceive,
  StockSettings,
  StockTransfer,
  StudioProduct,
  TagPage,
  TaxDetails,
  TaxDetailsNew,
  TaxRate,
  TaxRateId,
  TaxRateNew,
  TaxRatePage,
  Time,
  TrendKind,
  TrendPage,
  TrendWindow,
  TrialBalance,
  UploadId,
  UploadPage,
  VariantId,
  VoucherClaim,
  VoucherPage,
  Warehouse,
  WarehouseEdit,
  WarehouseId,
  WarehouseNew,
  WarehousePage,
} from './types';
import type {
  AccountPostSlug,
  AddressDeleteSlug,
  AddressListSlug,
  AddressPostSlug,
  AddressPutSlug,
  AllocationEndSlug,
  AllocationsSlug,
  CartGetSlug,
  CartLinePutSlug,
  ChallengeEndSlug,
  ChallengeEnterSlug,
  ChallengeGetSlug,
  ChallengeLeaveSlug,
  ChallengeListSlug,
  ChallengePostSlug,
  ChallengeRemoveSlug,
  ChallengeReportSlug,
  ChallengeReportedSlug,
  ChallengeWithdrawSlug,
  CheckoutGetSlug,
  CheckoutPostSlug,
  ClipDeleteSlug,
  ClipGetSlug,
  ClipLikeSlug,
  ClipListSlug,
  ClipPatchSlug,
  ClipPostSlug,
  ClipRetrySlug,
  ClipSaveSlug,
  ClipSavedSlug,
  ClipShareSlug,
  ClipUnlikeSlug,
  ClipUnsaveSlug,
  CommentDeleteSlug,
  CommentGetSlug,
  CommentLikeSlug,
  CommentListSlug,
  CommentPinSlug,
  CommentPostSlug,
  CommentRepliesSlug,
  CommentUnlikeSlug,
  CommentUnpinSlug,
  CommentWordDeleteSlug,
  CommentWordPostSlug,
  CommentWordsSlug,
  EventsPostSlug,
  ExchangeChoicesGetSlug,
  ExposureGetSlug,
  FeedDialPutSlug,
  FeedGetSlug,
  FeedProfileExportSlug,
  FeedProfileGetSlug,
  FeedProfileResetSlug,
  FeedRuleDeleteSlug,
  FeedRuleListSlug,
  FeedRulePostSlug,
  FeedSettingsGetSlug,
  FeedSettingsPutSlug,
  FeedTraitDeleteSlug,
  FeedWhyGetSlug,
  GeneralSlug,
  InboxGetSlug,
  IncomingCancelSlug,
  IncomingListSlug,
  IncomingPostSlug,
  IncomingReceiveSlug,
  InvitationAcceptSlug,
  InvitationDeclineSlug,
  InvitationListSlug,
  InvoiceCsvSlug,
  InvoiceGetSlug,
  InvoiceHtmlSlug,
  InvoiceListSlug,
  InvoicePdfSlug,
  LabelsPdfSlug,
  MarketListSlug,
  MeGetSlug,
  MePatchSlug,
  NoticeReadSlug,
  NoticeSwitchPutSlug,
  NoticeSwitchesSlug,
  NoticeUnreadSlug,
  OfferEndSlug,
  OfferGetSlug,
  OfferListSlug,
  OfferPatchSlug,
  OfferPostSlug,
  OperatorAuditGetSlug,
  OperatorAuditPostSlug,
  OperatorBankGetSlug,
  OperatorBankPutSlug,
  OperatorBatchCsvSlug,
  OperatorBatchListSlug,
  OperatorBatchPostSlug,
  OperatorBatchSentSlug,
  OperatorBatchXmlSlug,
  OperatorBookingPostSlug,
  OperatorChangeListSlug,
  OperatorHolidayDeleteSlug,
  OperatorHolidayListSlug,
  OperatorHolidayPutSlug,
  OperatorLedgerAccountsSlug,
  OperatorLedgerPostingsSlug,
  OperatorMarketListSlug,
  OperatorMarketPutSlug,
  OperatorPaymentCancelSlug,
  OperatorPaymentCheckSlug,
  OperatorPaymentGetSlug,
  OperatorPaymentListSlug,
  OperatorPaymentReceiptSlug,
  OperatorPayoutFailSlug,
  OperatorPayoutListSlug,
  OperatorPayoutRefuseSlug,
  OperatorPayoutSendSlug,
  OperatorRefundAgainSlug,
  OperatorRefundListSlug,
  OperatorRefundPaidSlug,
  OperatorReturnListSlug,
  OperatorRuleListSlug,
  OperatorRulePutSlug,
  OperatorSellerCheckSlug,
  OperatorSellerGetSlug,
  OperatorSellerListSlug,
  OperatorSellerTierSlug,
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
  PackingSlipsPdfSlug,
  ParcelListSlug,
  ParcelPutSlug,
  PasswordPutSlug,
  PaymentBankSlug,
  PaymentGetSlug,
  PaymentRefundListSlug,
  PaymentRetrySlug,
  PaymentStepSlug,
  PayoutAccountPutSlug,
  PayoutPostSlug,
  PayoutSchedulePutSlug,
  PersonBlockSlug,
  PersonBlocksSlug,
  PersonClipsSlug,
  PersonEditSlug,
  PersonFollowSlug,
  PersonFollowersSlug,
  PersonFollowingSlug,
  PersonMineSlug,
  PersonUnblockSlug,
  PersonUnfollowSlug,
  PersonViewSlug,
  PicturePostSlug,
  PriceChangesSlug,
  PriceHistorySlug,
  PriceListDeleteSlug,
  PriceListPutSlug,
  PriceListsSlug,
  PriceRowsPutSlug,
  PriceRowsSlug,
  Problem,
  ProductGetSlug,
  ProductListSlug,
  ProductPatchSlug,
  ProductPostSlug,
  ProductTaxGetSlug,
  ProductTaxPutSlug,
  ProfilingGetSlug,
  ProfilingPutSlug,
  PromotionEndSlug,
  PromotionGetSlug,
  PromotionListPlatformSlug,
  PromotionListSlug,
  PromotionPatchSlug,
  PromotionPostPlatformSlug,
  PromotionPostSlug,
  QuotePostSlug,
  RankingGetSlug,
  RefundAccountPutSlug,
  ReturnGetSlug,
  ReturnListSlug,
  ReturnOfOrderSlug,
  ReturnPostSlug,
  ReturnPreviewSlug,
  ReturnStepPostSlug,
  SearchGetSlug,
  SearchSuggestSlug,
  SessionEndCurrentSlug,
  SessionEndSlug,
  SessionListSlug,
  SessionPostSlug,
  ShipProfileGetSlug,
  ShipProfilePutSlug,
  ShipQuotePostSlug,
  ShipTestPostSlug,
  ShipmentPostSlug,
  ShopByHandleSlug,
  ShopFollowSlug,
  ShopGetSlug,
  ShopPatchSlug,
  ShopPostSlug,
  ShopReturnPlacePutSlug,
  ShopReturnPlaceSlug,
  ShopUnfollowSlug,
  SimulationPostSlug,
  SoundGetSlug,
  StaffDeleteSlug,
  StaffInvitationDeleteSlug,
  StaffListSlug,
  StaffPostSlug,
  StockBundleGetSlug,
  StockBundleSetSlug,
  StockDetailGetSlug,
  StockKeepPostSlug,
  StockLedgerSlug,
  StockLevelsCsvSlug,
  StockLineSlug,
  StockListGetSlug,
  StockLowGetSlug,
  StockMovementsCsvSlug,
  StockMovementsSlug,
  StockPostSlug,
  StockSettingsGetSlug,
  StockSettingsSetSlug,
  StockTransferPostSlug,
  StripeWebhookSlug,
  StudioBalanceGetSlug,
  StudioClipListSlug,
  StudioCommentsSlug,
  StudioOrderCountsSlug,
  StudioOrderListSlug,
  StudioPayoutListSlug,
  StudioProductGetSlug,
  StudioProductListSlug,
  StudioReturnListSlug,
  StudioStatementCsvSlug,
  StudioStatementDaysSlug,
  StudioStatementGetSlug,
  StudioStatementMonthsSlug,
  TagGetSlug,
  TaxDetailsGetSlug,
  TaxDetailsPutSlug,
  TaxRateDeleteSlug,
  TaxRateListSlug,
  TaxRatePostSlug,
  TrendListSlug,
  TrendStudioSlug,
  UploadCreateSlug,
  UploadDeleteSlug,
  UploadHeadSlug,
  UploadListSlug,
  UploadOptionsSlug,
  UploadPatchSlug,
  VoucherListPlatformSlug,
  VoucherListSlug,
  WalletGetSlug,
  WalletPostSlug,
  WarehouseListSlug,
  WarehousePatchSlug,
  WarehousePostSlug,
  WarehouseRemoveSlug,
  XenditWebhookSlug,
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
  cartGet(args: { country?: string; postcode?: string; region?: string } = {}, options?: Options): Promise<Result<Cart, CartGetSlug>> {
    return call('GET', address('/v1/cart', { country: args.country, postcode: args.postcode, region: args.region }), undefined, options);
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
  productGet(args: { id: ProductId; country?: string; channel?: Channel }, options?: Options): Promise<Result<Product, ProductGetSlug>> {
    return call('GET', address(`/v1/products/${encodeURIComponent(args.id)}`, { country: args.country, channel: args.channel }), undefined, options);
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
  // POST /v1/challenges/{id:ChallengeId}/end: Before its time, with winners; or without.
  challengeEnd(args: { id: ChallengeId }, options?: Options): Promise<Result<Challenge, ChallengeEndSlug>> {
    return call('POST', address(`/v1/challenges/${encodeURIComponent(args.id)}/end`), undefined, options);
  },
  // POST /v1/challenges/{id:ChallengeId}/entries: A clip that the caller made or may change, with the tag or without.
  challengeEnter(args: { id: ChallengeId }, body: ChallengeEntryNew, options?: Options): Promise<Result<ChallengeEntry, ChallengeEnterSlug>> {
    return call('POST', address(`/v1/challenges/${encodeURIComponent(args.id)}/entries`), body, options);
  },
  // GET /v1/challenges/{id:ChallengeId}
  challengeGet(args: { id: ChallengeId }, options?: Options): Promise<Result<ChallengeBoard, ChallengeGetSlug>> {
    return call('GET', address(`/v1/challenges/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // DELETE /v1/challenges/{id:ChallengeId}/entries/{clip:ClipId}: By those whose clip it is, those whose challenge it is, and operators.
  challengeLeave(args: { id: ChallengeId; clip: ClipId }, options?: Options): Promise<Result<undefined, ChallengeLeaveSlug>> {
    return call('DELETE', address(`/v1/challenges/${encodeURIComponent(args.id)}/entries/${encodeURIComponent(args.clip)}`), undefined, options);
  },
  // GET /v1/challenges: With a tag or a shop: all of it but what was removed; else those that are open. The newest first.
  challengeList(args: { tag?: string; shop?: ShopId; before?: ChallengeId; limit?: number } = {}, options?: Options): Promise<Result<ChallengePage, ChallengeListSlug>> {
    return call('GET', address('/v1/challenges', { tag: args.tag, shop: args.shop, before: args.before, limit: args.limit }), undefined, options);
  },
  // POST /v1/challenges: One is open at a time for a tag.
  challengePost(body: ChallengeNew, options?: Options): Promise<Result<Challenge, ChallengePostSlug>> {
    return call('POST', address('/v1/challenges'), body, options);
  },
  // POST /v1/operator/challenges/{id:ChallengeId}/removal
  challengeRemove(args: { id: ChallengeId }, body: ChallengeRemoval, options?: Options): Promise<Result<Challenge, ChallengeRemoveSlug>> {
    return call('POST', address(`/v1/operator/challenges/${encodeURIComponent(args.id)}/removal`), body, options);
  },
  // PUT /v1/challenges/{id:ChallengeId}/report
  challengeReport(args: { id: ChallengeId }, body: ChallengeReport, options?: Options): Promise<Result<undefined, ChallengeReportSlug>> {
    return call('PUT', address(`/v1/challenges/${encodeURIComponent(args.id)}/report`), body, options);
  },
  // GET /v1/operator/challenges: Open ones that people have reported, the most reported first.
  challengeReported(options?: Options): Promise<Result<ChallengeReportedPage, ChallengeReportedSlug>> {
    return call('GET', address('/v1/operator/challenges'), undefined, options);
  },
  // POST /v1/challenges/{id:ChallengeId}/withdrawal
  challengeWithdraw(args: { id: ChallengeId }, options?: Options): Promise<Result<Challenge, ChallengeWithdrawSlug>> {
    return call('POST', address(`/v1/challenges/${encodeURIComponent(args.id)}/withdrawal`), undefined, options);
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
  // PUT /v1/clips/{id:ClipId}/save
  clipSave(args: { id: ClipId }, options?: Options): Promise<Result<undefined, ClipSaveSlug>> {
    return call('PUT', address(`/v1/clips/${encodeURIComponent(args.id)}/save`), undefined, options);
  },
  // GET /v1/me/saved
  clipSaved(args: { before?: ClipSaveId; limit?: number } = {}, options?: Options): Promise<Result<SavedPage, ClipSavedSlug>> {
    return call('GET', address('/v1/me/saved', { before: args.before, limit: args.limit }), undefined, options);
  },
  // POST /v1/clips/{id:ClipId}/share: Counted once a person, guests too, and day of UTC.
  clipShare(args: { id: ClipId }, options?: Options): Promise<Result<undefined, ClipShareSlug>> {
    return call('POST', address(`/v1/clips/${encodeURIComponent(args.id)}/share`), undefined, options);
  },
  // DELETE /v1/clips/{id:ClipId}/like
  clipUnlike(args: { id: ClipId }, options?: Options): Promise<Result<undefined, ClipUnlikeSlug>> {
    return call('DELETE', address(`/v1/clips/${encodeURIComponent(args.id)}/like`), undefined, options);
  },
  // DELETE /v1/clips/{id:ClipId}/save
  clipUnsave(args: { id: ClipId }, options?: Options): Promise<Result<undefined, ClipUnsaveSlug>> {
    return call('DELETE', address(`/v1/clips/${encodeURIComponent(args.id)}/save`), undefined, options);
  },
  // GET /v1/people/{handle:text(1..30)}/clips
  personClips(args: { handle: string; before?: ClipId; limit?: number }, options?: Options): Promise<Result<ClipPage, PersonClipsSlug>> {
    return call('GET', address(`/v1/people/${encodeURIComponent(args.handle)}/clips`, { before: args.before, limit: args.limit }), undefined, options);
  },
  // GET /v1/sounds/{id:ClipId}
  soundGet(args: { id: ClipId; before?: ClipId; limit?: number }, options?: Options): Promise<Result<SoundPage, SoundGetSlug>> {
    return call('GET', address(`/v1/sounds/${encodeURIComponent(args.id)}`, { before: args.before, limit: args.limit }), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/clips
  studioClipList(args: { shop: ShopId; before?: ClipId; limit?: number }, options?: Options): Promise<Result<ClipPage, StudioClipListSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/clips`, { before: args.before, limit: args.limit }), undefined, options);
  },
  // GET /v1/tags/{tag:text(1..60)}
  tagGet(args: { tag: string; before?: ClipId; limit?: number }, options?: Options): Promise<Result<TagPage, TagGetSlug>> {
    return call('GET', address(`/v1/tags/${encodeURIComponent(args.tag)}`, { before: args.before, limit: args.limit }), undefined, options);
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
  // GET /v1/me/profiling: Whether the feed may learn from what this person does. For an account, or for the guest of this browser.
  profilingGet(options?: Options): Promise<Result<Profiling, ProfilingGetSlug>> {
    return call('GET', address('/v1/me/profiling'), undefined, options);
  },
  // PUT /v1/me/profiling: A no takes effect at once: what was kept of this person is erased and the feed forgets it.
  profilingPut(body: ProfilingPut, options?: Options): Promise<Result<Profiling, ProfilingPutSlug>> {
    return call('PUT', address('/v1/me/profiling'), body, options);
  },
  // POST /v1/events: Without consent to profiling only views and reports are kept, without whose they are, and all else is refused one by one; a batch of which nothing may be kept is refused as a whole.
  eventsPost(body: FeedBatch, options?: Options): Promise<Result<FeedTaken, EventsPostSlug>> {
    return call('POST', address('/v1/events'), body, options);
  },
  // GET /v1/exposure
  exposureGet(args: { days?: number } = {}, options?: Options): Promise<Result<Exposure, ExposureGetSlug>> {
    return call('GET', address('/v1/exposure', { days: args.days }), undefined, options);
  },
  // PUT /v1/me/dial
  feedDialPut(body: FeedDialPut, options?: Options): Promise<Result<FeedSettings, FeedDialPutSlug>> {
    return call('PUT', address('/v1/me/dial'), body, options);
  },
  // GET /v1/feed: Without `mode`: for_you with consent, else popular. for_you takes consent; to who has seen all that there is it shows what is popular. What was said never to be shown, and the dial, hold in every mode.
  feedGet(args: { after?: string; limit?: number; mode?: FeedMode } = {}, options?: Options): Promise<Result<FeedPage, FeedGetSlug>> {
    return call('GET', address('/v1/feed', { after: args.after, limit: args.limit, mode: args.mode }), undefined, options);
  },
  // GET /v1/me/profile/export
  feedProfileExport(options?: Options): Promise<Result<FeedExport, FeedProfileExportSlug>> {
    return call('GET', address('/v1/me/profile/export'), undefined, options);
  },
  // GET /v1/me/profile
  feedProfileGet(options?: Options): Promise<Result<FeedProfile, FeedProfileGetSlug>> {
    return call('GET', address('/v1/me/profile'), undefined, options);
  },
  // POST /v1/me/profile/reset: As if new: what was done is erased, the profile is empty. The consent stays.
  feedProfileReset(options?: Options): Promise<Result<undefined, FeedProfileResetSlug>> {
    return call('POST', address('/v1/me/profile/reset'), undefined, options);
  },
  // DELETE /v1/feed/rules/{id:FeedRuleId}
  feedRuleDelete(args: { id: FeedRuleId }, options?: Options): Promise<Result<undefined, FeedRuleDeleteSlug>> {
    return call('DELETE', address(`/v1/feed/rules/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/feed/rules
  feedRuleList(args: { before?: FeedRuleId } = {}, options?: Options): Promise<Result<FeedRulePage, FeedRuleListSlug>> {
    return call('GET', address('/v1/feed/rules', { before: args.before }), undefined, options);
  },
  // POST /v1/feed/rules: Said twice it is there once.
  feedRulePost(body: FeedRuleNew, options?: Options): Promise<Result<FeedRule, FeedRulePostSlug>> {
    return call('POST', address('/v1/feed/rules'), body, options);
  },
  // GET /v1/me/feed
  feedSettingsGet(options?: Options): Promise<Result<FeedSettings, FeedSettingsGetSlug>> {
    return call('GET', address('/v1/me/feed'), undefined, options);
  },
  // PUT /v1/me/feed
  feedSettingsPut(body: FeedSettings, options?: Options): Promise<Result<FeedSettings, FeedSettingsPutSlug>> {
    return call('PUT', address('/v1/me/feed'), body, options);
  },
  // DELETE /v1/me/profile/{trait:text(1..40)}: It goes out of what is learned, too; learning goes on.
  feedTraitDelete(args: { trait: string }, options?: Options): Promise<Result<undefined, FeedTraitDeleteSlug>> {
    return call('DELETE', address(`/v1/me/profile/${encodeURIComponent(args.trait)}`), undefined, options);
  },
  // GET /v1/clips/{id:ClipId}/why: Of a clip that was on a page of this person's lately.
  feedWhyGet(args: { id: ClipId }, options?: Options): Promise<Result<FeedWhy, FeedWhyGetSlug>> {
    return call('GET', address(`/v1/clips/${encodeURIComponent(args.id)}/why`), undefined, options);
  },
  // GET /v1/ranking
  rankingGet(options?: Options): Promise<Result<Ranking, RankingGetSlug>> {
    return call('GET', address('/v1/ranking'), undefined, options);
  },
  // GET /v1/operator/bank-account: The account that payouts are sent from.
  operatorBankGet(options?: Options): Promise<Result<PayoutAccount, OperatorBankGetSlug>> {
    return call('GET', address('/v1/operator/bank-account'), undefined, options);
  },
  // PUT /v1/operator/bank-account
  operatorBankPut(body: PayoutAccountNew, options?: Options): Promise<Result<PayoutAccount, OperatorBankPutSlug>> {
    return call('PUT', address('/v1/operator/bank-account'), body, options);
  },
  // GET /v1/operator/payout-batches/{id:PayoutBatchId}/payouts.csv
  operatorBatchCsv(args: { id: PayoutBatchId }, options?: Options): Promise<Result<undefined, OperatorBatchCsvSlug>> {
    return call('GET', address(`/v1/operator/payout-batches/${encodeURIComponent(args.id)}/payouts.csv`), undefined, options);
  },
  // GET /v1/operator/payout-batches
  operatorBatchList(args: { before?: PayoutBatchId } = {}, options?: Options): Promise<Result<PayoutBatchPage, OperatorBatchListSlug>> {
    return call('GET', address('/v1/operator/payout-batches', { before: args.before }), undefined, options);
  },
  // POST /v1/operator/payout-batches
  operatorBatchPost(body: PayoutBatchNew, options?: Options): Promise<Result<PayoutBatch, OperatorBatchPostSlug>> {
    return call('POST', address('/v1/operator/payout-batches'), body, options);
  },
  // POST /v1/operator/payout-batches/{id:PayoutBatchId}/sent
  operatorBatchSent(args: { id: PayoutBatchId }, options?: Options): Promise<Result<PayoutBatch, OperatorBatchSentSlug>> {
    return call('POST', address(`/v1/operator/payout-batches/${encodeURIComponent(args.id)}/sent`), undefined, options);
  },
  // GET /v1/operator/payout-batches/{id:PayoutBatchId}/pain001.xml
  operatorBatchXml(args: { id: PayoutBatchId }, options?: Options): Promise<Result<undefined, OperatorBatchXmlSlug>> {
    return call('GET', address(`/v1/operator/payout-batches/${encodeURIComponent(args.id)}/pain001.xml`), undefined, options);
  },
  // POST /v1/operator/ledger/bookings
  operatorBookingPost(body: BookingNew, options?: Options): Promise<Result<PostingPage, OperatorBookingPostSlug>> {
    return call('POST', address('/v1/operator/ledger/bookings'), body, options);
  },
  // GET /v1/operator/ledger/accounts
  operatorLedgerAccounts(options?: Options): Promise<Result<TrialBalance, OperatorLedgerAccountsSlug>> {
    return call('GET', address('/v1/operator/ledger/accounts'), undefined, options);
  },
  // GET /v1/operator/ledger/postings
  operatorLedgerPostings(args: { account?: LedgerAccount; order?: OrderId; before?: LedgerPostingId } = {}, options?: Options): Promise<Result<PostingPage, OperatorLedgerPostingsSlug>> {
    return call('GET', address('/v1/operator/ledger/postings', { account: args.account, order: args.order, before: args.before }), undefined, options);
  },
  // POST /v1/operator/payouts/{id:PayoutId}/failure: The bank did not make it, or sent it back: the money is the seller's again.
  operatorPayoutFail(args: { id: PayoutId }, body: PayoutReason, options?: Options): Promise<Result<Payout, OperatorPayoutFailSlug>> {
    return call('POST', address(`/v1/operator/payouts/${encodeURIComponent(args.id)}/failure`), body, options);
  },
  // GET /v1/operator/payouts
  operatorPayoutList(args: { state?: PayoutState; batch?: PayoutBatchId; before?: PayoutId } = {}, options?: Options): Promise<Result<OperatorPayoutPage, OperatorPayoutListSlug>> {
    return call('GET', address('/v1/operator/payouts', { state: args.state, batch: args.batch, before: args.before }), undefined, options);
  },
  // POST /v1/operator/payouts/{id:PayoutId}/refusal
  operatorPayoutRefuse(args: { id: PayoutId }, body: PayoutReason, options?: Options): Promise<Result<Payout, OperatorPayoutRefuseSlug>> {
    return call('POST', address(`/v1/operator/payouts/${encodeURIComponent(args.id)}/refusal`), body, options);
  },
  // POST /v1/operator/payouts/{id:PayoutId}/sending: Sent by the payment provider instead of a file, where it pays out in that currency.
  operatorPayoutSend(args: { id: PayoutId }, options?: Options): Promise<Result<Payout, OperatorPayoutSendSlug>> {
    return call('POST', address(`/v1/operator/payouts/${encodeURIComponent(args.id)}/sending`), undefined, options);
  },
  // POST /v1/operator/sellers/{shop:ShopId}/account-check
  operatorSellerCheck(args: { shop: ShopId }, body: PayoutAccountCheck, options?: Options): Promise<Result<Seller, OperatorSellerCheckSlug>> {
    return call('POST', address(`/v1/operator/sellers/${encodeURIComponent(args.shop)}/account-check`), body, options);
  },
  // GET /v1/operator/sellers/{shop:ShopId}
  operatorSellerGet(args: { shop: ShopId }, options?: Options): Promise<Result<Seller, OperatorSellerGetSlug>> {
    return call('GET', address(`/v1/operator/sellers/${encodeURIComponent(args.shop)}`), undefined, options);
  },
  // GET /v1/operator/sellers
  operatorSellerList(args: { before?: ShopId; state?: PayoutAccountState } = {}, options?: Options): Promise<Result<SellerPage, OperatorSellerListSlug>> {
    return call('GET', address('/v1/operator/sellers', { before: args.before, state: args.state }), undefined, options);
  },
  // PUT /v1/operator/sellers/{shop:ShopId}/tier
  operatorSellerTier(args: { shop: ShopId }, body: SellerTierEdit, options?: Options): Promise<Result<Seller, OperatorSellerTierSlug>> {
    return call('PUT', address(`/v1/operator/sellers/${encodeURIComponent(args.shop)}/tier`), body, options);
  },
  // PUT /v1/studio/shops/{shop:ShopId}/payout-account
  payoutAccountPut(args: { shop: ShopId }, body: PayoutAccountNew, options?: Options): Promise<Result<PayoutAccount, PayoutAccountPutSlug>> {
    return call('PUT', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/payout-account`), body, options);
  },
  // POST /v1/studio/shops/{shop:ShopId}/payouts
  payoutPost(args: { shop: ShopId }, body: PayoutNew, options?: Options): Promise<Result<Payout, PayoutPostSlug>> {
    return call('POST', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/payouts`), body, options);
  },
  // PUT /v1/studio/shops/{shop:ShopId}/payout-schedule
  payoutSchedulePut(args: { shop: ShopId }, body: PayoutScheduleEdit, options?: Options): Promise<Result<SellerMoney, PayoutSchedulePutSlug>> {
    return call('PUT', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/payout-schedule`), body, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/balance
  studioBalanceGet(args: { shop: ShopId }, options?: Options): Promise<Result<SellerMoney, StudioBalanceGetSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/balance`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/payouts
  studioPayoutList(args: { shop: ShopId; before?: PayoutId }, options?: Options): Promise<Result<PayoutPage, StudioPayoutListSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/payouts`, { before: args.before }), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/statements.csv: The same lines as CSV, oldest first, at most 20,000.
  studioStatementCsv(args: { shop: ShopId; currency?: Currency; from?: Time; to?: Time }, options?: Options): Promise<Result<undefined, StudioStatementCsvSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/statements.csv`, { currency: args.currency, from: args.from, to: args.to }), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/statements/days
  studioStatementDays(args: { shop: ShopId; currency?: Currency; days?: number }, options?: Options): Promise<Result<StatementDays, StudioStatementDaysSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/statements/days`, { currency: args.currency, days: args.days }), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/statements
  studioStatementGet(args: { shop: ShopId; currency?: Currency; from?: Time; to?: Time; before?: number }, options?: Options): Promise<Result<Statement, StudioStatementGetSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/statements`, { currency: args.currency, from: args.from, to: args.to, before: args.before }), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/statements/months
  studioStatementMonths(args: { shop: ShopId; currency?: Currency }, options?: Options): Promise<Result<StatementMonths, StudioStatementMonthsSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/statements/months`, { currency: args.currency }), undefined, options);
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
  // POST /v1/me/inbox/read: All that has come so far.
  noticeRead(options?: Options): Promise<Result<undefined, NoticeReadSlug>> {
    return call('POST', address('/v1/me/inbox/read'), undefined, options);
  },
  // PUT /v1/me/inbox/switches
  noticeSwitchPut(body: NoticeSwitch, options?: Options): Promise<Result<NoticeSwitches, NoticeSwitchPutSlug>> {
    return call('PUT', address('/v1/me/inbox/switches'), body, options);
  },
  // GET /v1/me/inbox/switches
  noticeSwitches(options?: Options): Promise<Result<NoticeSwitches, NoticeSwitchesSlug>> {
    return call('GET', address('/v1/me/inbox/switches'), undefined, options);
  },
  // GET /v1/me/inbox/unread
  noticeUnread(options?: Options): Promise<Result<NoticeUnread, NoticeUnreadSlug>> {
    return call('GET', address('/v1/me/inbox/unread'), undefined, options);
  },
  // GET /v1/checkouts/{id:CheckoutId}
  checkoutGet(args: { id: CheckoutId }, options?: Options): Promise<Result<Checkout, CheckoutGetSlug>> {
    return call('GET', address(`/v1/checkouts/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // POST /v1/checkouts
  checkoutPost(body: CheckoutNew, options?: Options): Promise<Result<Checkout, CheckoutPostSlug>> {
    return call('POST', address('/v1/checkouts'), body, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/labels.pdf
  labelsPdf(args: { shop: ShopId; orders: string }, options?: Options): Promise<Result<undefined, LabelsPdfSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/labels.pdf`, { orders: args.orders }), undefined, options);
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
  // GET /v1/studio/shops/{shop:ShopId}/packing-slips.pdf
  packingSlipsPdf(args: { shop: ShopId; orders: string }, options?: Options): Promise<Result<undefined, PackingSlipsPdfSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/packing-slips.pdf`, { orders: args.orders }), undefined, options);
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
  // POST /v1/operator/payments/{id:PaymentId}/cancel
  operatorPaymentCancel(args: { id: PaymentId }, options?: Options): Promise<Result<OperatorPaymentDetail, OperatorPaymentCancelSlug>> {
    return call('POST', address(`/v1/operator/payments/${encodeURIComponent(args.id)}/cancel`), undefined, options);
  },
  // POST /v1/operator/payments/{id:PaymentId}/check
  operatorPaymentCheck(args: { id: PaymentId }, options?: Options): Promise<Result<OperatorPaymentDetail, OperatorPaymentCheckSlug>> {
    return call('POST', address(`/v1/operator/payments/${encodeURIComponent(args.id)}/check`), undefined, options);
  },
  // GET /v1/operator/payments/{id:PaymentId}
  operatorPaymentGet(args: { id: PaymentId }, options?: Options): Promise<Result<OperatorPaymentDetail, OperatorPaymentGetSlug>> {
    return call('GET', address(`/v1/operator/payments/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/operator/payments
  operatorPaymentList(args: { list?: PaymentShow; reference?: string; before?: PaymentId; limit?: number } = {}, options?: Options): Promise<Result<OperatorPaymentPage, OperatorPaymentListSlug>> {
    return call('GET', address('/v1/operator/payments', { list: args.list, reference: args.reference, before: args.before, limit: args.limit }), undefined, options);
  },
  // POST /v1/operator/payments/{id:PaymentId}/receipts
  operatorPaymentReceipt(args: { id: PaymentId }, body: PaymentReceipt, options?: Options): Promise<Result<OperatorPaymentDetail, OperatorPaymentReceiptSlug>> {
    return call('POST', address(`/v1/operator/payments/${encodeURIComponent(args.id)}/receipts`), body, options);
  },
  // POST /v1/operator/refunds/{id:RefundId}/again
  operatorRefundAgain(args: { id: RefundId }, options?: Options): Promise<Result<OperatorRefund, OperatorRefundAgainSlug>> {
    return call('POST', address(`/v1/operator/refunds/${encodeURIComponent(args.id)}/again`), undefined, options);
  },
  // GET /v1/operator/refunds
  operatorRefundList(args: { by_hand?: boolean; before?: RefundId; limit?: number } = {}, options?: Options): Promise<Result<OperatorRefundPage, OperatorRefundListSlug>> {
    return call('GET', address('/v1/operator/refunds', { by_hand: args.by_hand, before: args.before, limit: args.limit }), undefined, options);
  },
  // POST /v1/operator/refunds/{id:RefundId}/paid
  operatorRefundPaid(args: { id: RefundId }, body: RefundPaid, options?: Options): Promise<Result<OperatorRefund, OperatorRefundPaidSlug>> {
    return call('POST', address(`/v1/operator/refunds/${encodeURIComponent(args.id)}/paid`), body, options);
  },
  // POST /v1/payments/{id:PaymentId}/bank
  paymentBank(args: { id: PaymentId }, body: PaymentBank, options?: Options): Promise<Result<Payment, PaymentBankSlug>> {
    return call('POST', address(`/v1/payments/${encodeURIComponent(args.id)}/bank`), body, options);
  },
  // GET /v1/payments/{id:PaymentId}/refunds
  paymentRefundList(args: { id: PaymentId }, options?: Options): Promise<Result<BuyerRefundPage, PaymentRefundListSlug>> {
    return call('GET', address(`/v1/payments/${encodeURIComponent(args.id)}/refunds`), undefined, options);
  },
  // PUT /v1/refunds/{id:RefundId}/account
  refundAccountPut(args: { id: RefundId }, body: PayTo, options?: Options): Promise<Result<BuyerRefund, RefundAccountPutSlug>> {
    return call('PUT', address(`/v1/refunds/${encodeURIComponent(args.id)}/account`), body, options);
  },
  // POST /v1/webhooks/stripe
  stripeWebhook(body: Blob, options?: Options): Promise<Result<undefined, StripeWebhookSlug>> {
    return call('POST', address('/v1/webhooks/stripe'), body, options);
  },
  // POST /v1/webhooks/xendit
  xenditWebhook(body: Blob, options?: Options): Promise<Result<undefined, XenditWebhookSlug>> {
    return call('POST', address('/v1/webhooks/xendit'), body, options);
  },
  // PUT /v1/people/{handle:text(1..30)}/block: Neither follows the other from then on, and neither sees or reaches the other.
  personBlock(args: { handle: string }, options?: Options): Promise<Result<undefined, PersonBlockSlug>> {
    return call('PUT', address(`/v1/people/${encodeURIComponent(args.handle)}/block`), undefined, options);
  },
  // GET /v1/me/blocks
  personBlocks(args: { before?: PersonBlockId } = {}, options?: Options): Promise<Result<PersonPage, PersonBlocksSlug>> {
    return call('GET', address('/v1/me/blocks', { before: args.before }), undefined, options);
  },
  // PATCH /v1/me/person
  personEdit(body: ProfileEdit, options?: Options): Promise<Result<Profile, PersonEditSlug>> {
    return call('PATCH', address('/v1/me/person'), body, options);
  },
  // GET /v1/people/{handle:text(1..30)}/followers
  personFollowers(args: { handle: string; before?: PersonFollowId }, options?: Options): Promise<Result<PersonPage, PersonFollowersSlug>> {
    return call('GET', address(`/v1/people/${encodeURIComponent(args.handle)}/followers`, { before: args.before }), undefined, options);
  },
  // GET /v1/people/{handle:text(1..30)}/following
  personFollowing(args: { handle: string; before?: PersonFollowId }, options?: Options): Promise<Result<PersonPage, PersonFollowingSlug>> {
    return call('GET', address(`/v1/people/${encodeURIComponent(args.handle)}/following`, { before: args.before }), undefined, options);
  },
  // GET /v1/me/person
  personMine(options?: Options): Promise<Result<Profile, PersonMineSlug>> {
    return call('GET', address('/v1/me/person'), undefined, options);
  },
  // DELETE /v1/people/{handle:text(1..30)}/block
  personUnblock(args: { handle: string }, options?: Options): Promise<Result<undefined, PersonUnblockSlug>> {
    return call('DELETE', address(`/v1/people/${encodeURIComponent(args.handle)}/block`), undefined, options);
  },
  // GET /v1/people/{handle:text(1..30)}: To somebody who is blocked there is no such person.
  personView(args: { handle: string }, options?: Options): Promise<Result<Profile, PersonViewSlug>> {
    return call('GET', address(`/v1/people/${encodeURIComponent(args.handle)}`), undefined, options);
  },
  // POST /v1/studio/offers/{id:OfferId}/end
  offerEnd(args: { id: OfferId }, options?: Options): Promise<Result<OfferDetail, OfferEndSlug>> {
    return call('POST', address(`/v1/studio/offers/${encodeURIComponent(args.id)}/end`), undefined, options);
  },
  // GET /v1/studio/offers/{id:OfferId}
  offerGet(args: { id: OfferId }, options?: Options): Promise<Result<OfferDetail, OfferGetSlug>> {
    return call('GET', address(`/v1/studio/offers/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/offers
  offerList(args: { shop: ShopId; before?: OfferId }, options?: Options): Promise<Result<PriceOfferPage, OfferListSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/offers`, { before: args.before }), undefined, options);
  },
  // PATCH /v1/studio/offers/{id:OfferId}
  offerPatch(args: { id: OfferId }, body: OfferEdit, options?: Options): Promise<Result<OfferDetail, OfferPatchSlug>> {
    return call('PATCH', address(`/v1/studio/offers/${encodeURIComponent(args.id)}`), body, options);
  },
  // POST /v1/studio/shops/{shop:ShopId}/offers
  offerPost(args: { shop: ShopId }, body: OfferNew, options?: Options): Promise<Result<OfferDetail, OfferPostSlug>> {
    return call('POST', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/offers`), body, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/price-changes
  priceChanges(args: { shop: ShopId; before?: PriceChangeId }, options?: Options): Promise<Result<ShopPriceChangePage, PriceChangesSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/price-changes`, { before: args.before }), undefined, options);
  },
  // GET /v1/variants/{id:VariantId}/prices
  priceHistory(args: { id: VariantId; country?: string; channel?: PriceChannel }, options?: Options): Promise<Result<PriceHistory, PriceHistorySlug>> {
    return call('GET', address(`/v1/variants/${encodeURIComponent(args.id)}/prices`, { country: args.country, channel: args.channel }), undefined, options);
  },
  // DELETE /v1/studio/shops/{shop:ShopId}/price-lists/{market:text(1..2)}
  priceListDelete(args: { shop: ShopId; market: string }, options?: Options): Promise<Result<undefined, PriceListDeleteSlug>> {
    return call('DELETE', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/price-lists/${encodeURIComponent(args.market)}`), undefined, options);
  },
  // PUT /v1/studio/shops/{shop:ShopId}/price-lists/{market:text(1..2)}
  priceListPut(args: { shop: ShopId; market: string }, body: PriceListPut, options?: Options): Promise<Result<PriceListPage, PriceListPutSlug>> {
    return call('PUT', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/price-lists/${encodeURIComponent(args.market)}`), body, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/price-lists
  priceLists(args: { shop: ShopId }, options?: Options): Promise<Result<PriceListPage, PriceListsSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/price-lists`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/price-lists/{market:text(1..2)}/prices
  priceRows(args: { shop: ShopId; market: string; product?: ProductId; after?: VariantId }, options?: Options): Promise<Result<PriceRowPage, PriceRowsSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/price-lists/${encodeURIComponent(args.market)}/prices`, { product: args.product, after: args.after }), undefined, options);
  },
  // PUT /v1/studio/shops/{shop:ShopId}/price-lists/{market:text(1..2)}/prices
  priceRowsPut(args: { shop: ShopId; market: string }, body: PriceEntriesPut, options?: Options): Promise<Result<undefined, PriceRowsPutSlug>> {
    return call('PUT', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/price-lists/${encodeURIComponent(args.market)}/prices`), body, options);
  },
  // POST /v1/studio/promotions/{id:PromotionId}/end
  promotionEnd(args: { id: PromotionId }, options?: Options): Promise<Result<Promotion, PromotionEndSlug>> {
    return call('POST', address(`/v1/studio/promotions/${encodeURIComponent(args.id)}/end`), undefined, options);
  },
  // GET /v1/studio/promotions/{id:PromotionId}
  promotionGet(args: { id: PromotionId }, options?: Options): Promise<Result<Promotion, PromotionGetSlug>> {
    return call('GET', address(`/v1/studio/promotions/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/promotions
  promotionList(args: { shop: ShopId; before?: PromotionId }, options?: Options): Promise<Result<PromotionPage, PromotionListSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/promotions`, { before: args.before }), undefined, options);
  },
  // GET /v1/operator/promotions
  promotionListPlatform(args: { before?: PromotionId } = {}, options?: Options): Promise<Result<PromotionPage, PromotionListPlatformSlug>> {
    return call('GET', address('/v1/operator/promotions', { before: args.before }), undefined, options);
  },
  // PATCH /v1/studio/promotions/{id:PromotionId}
  promotionPatch(args: { id: PromotionId }, body: PromotionEdit, options?: Options): Promise<Result<Promotion, PromotionPatchSlug>> {
    return call('PATCH', address(`/v1/studio/promotions/${encodeURIComponent(args.id)}`), body, options);
  },
  // POST /v1/studio/shops/{shop:ShopId}/promotions
  promotionPost(args: { shop: ShopId }, body: PromotionNew, options?: Options): Promise<Result<Promotion, PromotionPostSlug>> {
    return call('POST', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/promotions`), body, options);
  },
  // POST /v1/operator/promotions
  promotionPostPlatform(body: PromotionNew, options?: Options): Promise<Result<Promotion, PromotionPostPlatformSlug>> {
    return call('POST', address('/v1/operator/promotions'), body, options);
  },
  // POST /v1/pricing/simulations
  simulationPost(body: SimulationNew, options?: Options): Promise<Result<Simulation, SimulationPostSlug>> {
    return call('POST', address('/v1/pricing/simulations'), body, options);
  },
  // GET /v1/shops/{shop:ShopId}/vouchers
  voucherList(args: { shop: ShopId }, options?: Options): Promise<Result<VoucherPage, VoucherListSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/vouchers`), undefined, options);
  },
  // GET /v1/vouchers
  voucherListPlatform(options?: Options): Promise<Result<VoucherPage, VoucherListPlatformSlug>> {
    return call('GET', address('/v1/vouchers'), undefined, options);
  },
  // GET /v1/me/vouchers
  walletGet(options?: Options): Promise<Result<VoucherPage, WalletGetSlug>> {
    return call('GET', address('/v1/me/vouchers'), undefined, options);
  },
  // POST /v1/me/vouchers
  walletPost(body: VoucherClaim, options?: Options): Promise<Result<VoucherPage, WalletPostSlug>> {
    return call('POST', address('/v1/me/vouchers'), body, options);
  },
  // GET /v1/orders/{order:OrderId}/lines/{line:OrderLineId}/exchanges
  exchangeChoicesGet(args: { order: OrderId; line: OrderLineId }, options?: Options): Promise<Result<ExchangeChoices, ExchangeChoicesGetSlug>> {
    return call('GET', address(`/v1/orders/${encodeURIComponent(args.order)}/lines/${encodeURIComponent(args.line)}/exchanges`), undefined, options);
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
  // GET /v1/search: q: words, "a phrase", -without. exact: no word is corrected. Of products alone: category; price_min and price_max in minor units of `currency` (without it: of the one that most have); in_stock; delivers, the country they are to be sent to. after: `next` of the page before.
  searchGet(args: { q: string; kind?: SearchKind; sort?: SearchSort; exact?: boolean; category?: string; currency?: string; price_min?: number; price_max?: number; in_stock?: boolean; delivers?: string; after?: string; limit?: number }, options?: Options): Promise<Result<SearchPage, SearchGetSlug>> {
    return call('GET', address('/v1/search', { q: args.q, kind: args.kind, sort: args.sort, exact: args.exact, category: args.category, currency: args.currency, price_min: args.price_min, price_max: args.price_max, in_stock: args.in_stock, delivers: args.delivers, after: args.after, limit: args.limit }), undefined, options);
  },
  // GET /v1/search/suggest: What a question that begins so may become; people who have blocked each other do not meet here either.
  searchSuggest(args: { q: string; limit?: number }, options?: Options): Promise<Result<SearchGuesses, SearchSuggestSlug>> {
    return call('GET', address('/v1/search/suggest', { q: args.q, limit: args.limit }), undefined, options);
  },
  // GET /v1/studio/products/{product:ProductId}/parcels
  parcelList(args: { product: ProductId }, options?: Options): Promise<Result<ParcelPage, ParcelListSlug>> {
    return call('GET', address(`/v1/studio/products/${encodeURIComponent(args.product)}/parcels`), undefined, options);
  },
  // PUT /v1/variants/{variant:VariantId}/parcel
  parcelPut(args: { variant: VariantId }, body: ParcelPut, options?: Options): Promise<Result<Parcel, ParcelPutSlug>> {
    return call('PUT', address(`/v1/variants/${encodeURIComponent(args.variant)}/parcel`), body, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/shipping
  shipProfileGet(args: { shop: ShopId }, options?: Options): Promise<Result<ShipProfile, ShipProfileGetSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/shipping`), undefined, options);
  },
  // PUT /v1/studio/shops/{shop:ShopId}/shipping
  shipProfilePut(args: { shop: ShopId }, body: ShipProfilePut, options?: Options): Promise<Result<ShipProfile, ShipProfilePutSlug>> {
    return call('PUT', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/shipping`), body, options);
  },
  // POST /v1/shops/{shop:ShopId}/shipping-quotes
  shipQuotePost(args: { shop: ShopId }, body: ShipQuoteAsk, options?: Options): Promise<Result<ShipQuotation, ShipQuotePostSlug>> {
    return call('POST', address(`/v1/shops/${encodeURIComponent(args.shop)}/shipping-quotes`), body, options);
  },
  // POST /v1/studio/shops/{shop:ShopId}/shipping-tests
  shipTestPost(args: { shop: ShopId }, body: ShipTest, options?: Options): Promise<Result<ShipQuotation, ShipTestPostSlug>> {
    return call('POST', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/shipping-tests`), body, options);
  },
  // GET /v1/shops/by-handle/{handle:text}
  shopByHandle(args: { handle: string }, options?: Options): Promise<Result<Shop, ShopByHandleSlug>> {
    return call('GET', address(`/v1/shops/by-handle/${encodeURIComponent(args.handle)}`), undefined, options);
  },
  // PUT /v1/shops/{id:ShopId}/follow
  shopFollow(args: { id: ShopId }, options?: Options): Promise<Result<undefined, ShopFollowSlug>> {
    return call('PUT', address(`/v1/shops/${encodeURIComponent(args.id)}/follow`), undefined, options);
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
  // GET /v1/studio/shops/{shop:ShopId}/return-place
  shopReturnPlace(args: { shop: ShopId }, options?: Options): Promise<Result<ReturnPlace, ShopReturnPlaceSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/return-place`), undefined, options);
  },
  // PUT /v1/studio/shops/{shop:ShopId}/return-place
  shopReturnPlacePut(args: { shop: ShopId }, body: ReturnPlace, options?: Options): Promise<Result<ReturnPlace, ShopReturnPlacePutSlug>> {
    return call('PUT', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/return-place`), body, options);
  },
  // DELETE /v1/shops/{id:ShopId}/follow
  shopUnfollow(args: { id: ShopId }, options?: Options): Promise<Result<undefined, ShopUnfollowSlug>> {
    return call('DELETE', address(`/v1/shops/${encodeURIComponent(args.id)}/follow`), undefined, options);
  },
  // DELETE /v1/comments/{id:CommentId}: With its replies. The author, whoever made the clip, managers of its shop and operators may.
  commentDelete(args: { id: CommentId }, options?: Options): Promise<Result<undefined, CommentDeleteSlug>> {
    return call('DELETE', address(`/v1/comments/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/comments/{id:CommentId}
  commentGet(args: { id: CommentId }, options?: Options): Promise<Result<CommentThread, CommentGetSlug>> {
    return call('GET', address(`/v1/comments/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // PUT /v1/comments/{id:CommentId}/like
  commentLike(args: { id: CommentId }, options?: Options): Promise<Result<undefined, CommentLikeSlug>> {
    return call('PUT', address(`/v1/comments/${encodeURIComponent(args.id)}/like`), undefined, options);
  },
  // GET /v1/clips/{id:ClipId}/comments: The newest first.
  commentList(args: { id: ClipId; before?: CommentId; limit?: number }, options?: Options): Promise<Result<CommentPage, CommentListSlug>> {
    return call('GET', address(`/v1/clips/${encodeURIComponent(args.id)}/comments`, { before: args.before, limit: args.limit }), undefined, options);
  },
  // PUT /v1/comments/{id:CommentId}/pin: One a clip: another one's pin goes.
  commentPin(args: { id: CommentId }, options?: Options): Promise<Result<undefined, CommentPinSlug>> {
    return call('PUT', address(`/v1/comments/${encodeURIComponent(args.id)}/pin`), undefined, options);
  },
  // POST /v1/clips/{id:ClipId}/comments
  commentPost(args: { id: ClipId }, body: CommentNew, options?: Options): Promise<Result<Comment, CommentPostSlug>> {
    return call('POST', address(`/v1/clips/${encodeURIComponent(args.id)}/comments`), body, options);
  },
  // GET /v1/comments/{id:CommentId}/replies: The oldest first.
  commentReplies(args: { id: CommentId; after?: CommentId; limit?: number }, options?: Options): Promise<Result<CommentPage, CommentRepliesSlug>> {
    return call('GET', address(`/v1/comments/${encodeURIComponent(args.id)}/replies`, { after: args.after, limit: args.limit }), undefined, options);
  },
  // DELETE /v1/comments/{id:CommentId}/like
  commentUnlike(args: { id: CommentId }, options?: Options): Promise<Result<undefined, CommentUnlikeSlug>> {
    return call('DELETE', address(`/v1/comments/${encodeURIComponent(args.id)}/like`), undefined, options);
  },
  // DELETE /v1/comments/{id:CommentId}/pin
  commentUnpin(args: { id: CommentId }, options?: Options): Promise<Result<undefined, CommentUnpinSlug>> {
    return call('DELETE', address(`/v1/comments/${encodeURIComponent(args.id)}/pin`), undefined, options);
  },
  // DELETE /v1/studio/shops/{shop:ShopId}/words/{word:text(1..60)}
  commentWordDelete(args: { shop: ShopId; word: string }, options?: Options): Promise<Result<undefined, CommentWordDeleteSlug>> {
    return call('DELETE', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/words/${encodeURIComponent(args.word)}`), undefined, options);
  },
  // POST /v1/studio/shops/{shop:ShopId}/words: A comment with it is refused, whatever its letters' case. Comments that are there already stay.
  commentWordPost(args: { shop: ShopId }, body: CommentWord, options?: Options): Promise<Result<CommentWords, CommentWordPostSlug>> {
    return call('POST', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/words`), body, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/words
  commentWords(args: { shop: ShopId }, options?: Options): Promise<Result<CommentWords, CommentWordsSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/words`), undefined, options);
  },
  // GET /v1/me/inbox
  inboxGet(args: { before?: NoticeGroupId; limit?: number } = {}, options?: Options): Promise<Result<InboxPage, InboxGetSlug>> {
    return call('GET', address('/v1/me/inbox', { before: args.before, limit: args.limit }), undefined, options);
  },
  // PUT /v1/people/{handle:text(1..30)}/follow
  personFollow(args: { handle: string }, options?: Options): Promise<Result<undefined, PersonFollowSlug>> {
    return call('PUT', address(`/v1/people/${encodeURIComponent(args.handle)}/follow`), undefined, options);
  },
  // DELETE /v1/people/{handle:text(1..30)}/follow
  personUnfollow(args: { handle: string }, options?: Options): Promise<Result<undefined, PersonUnfollowSlug>> {
    return call('DELETE', address(`/v1/people/${encodeURIComponent(args.handle)}/follow`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/comments: Of all of the shop's clips, replies too, the newest first.
  studioComments(args: { shop: ShopId; before?: CommentId; limit?: number }, options?: Options): Promise<Result<CommentPage, StudioCommentsSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/comments`, { before: args.before, limit: args.limit }), undefined, options);
  },
  // POST /v1/me/invitations/{id:StaffInvitationId}/accept: The role that is had from now on.
  invitationAccept(args: { id: StaffInvitationId }, options?: Options): Promise<Result<ShopRole, InvitationAcceptSlug>> {
    return call('POST', address(`/v1/me/invitations/${encodeURIComponent(args.id)}/accept`), undefined, options);
  },
  // DELETE /v1/me/invitations/{id:StaffInvitationId}
  invitationDecline(args: { id: StaffInvitationId }, options?: Options): Promise<Result<undefined, InvitationDeclineSlug>> {
    return call('DELETE', address(`/v1/me/invitations/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/me/invitations: The newest first: all that wait, since one more than 50 is refused.
  invitationList(options?: Options): Promise<Result<InvitationPage, InvitationListSlug>> {
    return call('GET', address('/v1/me/invitations'), undefined, options);
  },
  // DELETE /v1/shops/{id:ShopId}/staff/{account:AccountId}
  staffDelete(args: { id: ShopId; account: AccountId }, options?: Options): Promise<Result<undefined, StaffDeleteSlug>> {
    return call('DELETE', address(`/v1/shops/${encodeURIComponent(args.id)}/staff/${encodeURIComponent(args.account)}`), undefined, options);
  },
  // DELETE /v1/shops/{id:ShopId}/invitations/{invitation:StaffInvitationId}: Takes it back.
  staffInvitationDelete(args: { id: ShopId; invitation: StaffInvitationId }, options?: Options): Promise<Result<undefined, StaffInvitationDeleteSlug>> {
    return call('DELETE', address(`/v1/shops/${encodeURIComponent(args.id)}/invitations/${encodeURIComponent(args.invitation)}`), undefined, options);
  },
  // GET /v1/shops/{id:ShopId}/staff
  staffList(args: { id: ShopId }, options?: Options): Promise<Result<StaffPage, StaffListSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.id)}/staff`), undefined, options);
  },
  // POST /v1/shops/{id:ShopId}/staff
  staffPost(args: { id: ShopId }, body: StaffNew, options?: Options): Promise<Result<Staff, StaffPostSlug>> {
    return call('POST', address(`/v1/shops/${encodeURIComponent(args.id)}/staff`), body, options);
  },
  // DELETE /v1/shops/{shop:ShopId}/allocations/{id:StockPoolId}: Gives back what was set aside by hand; the other pools end with their sale.
  allocationEnd(args: { shop: ShopId; id: StockPoolId }, options?: Options): Promise<Result<undefined, AllocationEndSlug>> {
    return call('DELETE', address(`/v1/shops/${encodeURIComponent(args.shop)}/allocations/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/shops/{id:ShopId}/allocations
  allocations(args: { id: ShopId; before?: StockPoolId; before_item?: VariantId; pool?: StockPool; variant?: VariantId; ended?: boolean }, options?: Options): Promise<Result<StockAllocations, AllocationsSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.id)}/allocations`, { before: args.before, before_item: args.before_item, pool: args.pool, variant: args.variant, ended: args.ended }), undefined, options);
  },
  // DELETE /v1/incoming/{id:StockIncomingId}: The rest does not come.
  incomingCancel(args: { id: StockIncomingId }, options?: Options): Promise<Result<undefined, IncomingCancelSlug>> {
    return call('DELETE', address(`/v1/incoming/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/shops/{shop:ShopId}/incoming
  incomingList(args: { shop: ShopId; before?: StockIncomingId; variant?: VariantId; state?: StockIncomingState }, options?: Options): Promise<Result<StockIncomingPage, IncomingListSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/incoming`, { before: args.before, variant: args.variant, state: args.state }), undefined, options);
  },
  // POST /v1/shops/{shop:ShopId}/incoming
  incomingPost(args: { shop: ShopId }, body: StockIncomingNew, options?: Options): Promise<Result<StockIncoming, IncomingPostSlug>> {
    return call('POST', address(`/v1/shops/${encodeURIComponent(args.shop)}/incoming`), body, options);
  },
  // POST /v1/incoming/{id:StockIncomingId}/receive
  incomingReceive(args: { id: StockIncomingId }, body: StockReceive, options?: Options): Promise<Result<StockIncoming, IncomingReceiveSlug>> {
    return call('POST', address(`/v1/incoming/${encodeURIComponent(args.id)}/receive`), body, options);
  },
  // GET /v1/variants/{variant:VariantId}/bundle
  stockBundleGet(args: { variant: VariantId }, options?: Options): Promise<Result<StockBundle, StockBundleGetSlug>> {
    return call('GET', address(`/v1/variants/${encodeURIComponent(args.variant)}/bundle`), undefined, options);
  },
  // PUT /v1/variants/{variant:VariantId}/bundle
  stockBundleSet(args: { variant: VariantId }, body: StockBundle, options?: Options): Promise<Result<StockBundle, StockBundleSetSlug>> {
    return call('PUT', address(`/v1/variants/${encodeURIComponent(args.variant)}/bundle`), body, options);
  },
  // GET /v1/variants/{variant:VariantId}/stock/detail
  stockDetailGet(args: { variant: VariantId }, options?: Options): Promise<Result<StockDetail, StockDetailGetSlug>> {
    return call('GET', address(`/v1/variants/${encodeURIComponent(args.variant)}/stock/detail`), undefined, options);
  },
  // POST /v1/variants/{variant:VariantId}/allocations: By hand: nobody sells it until it is given back.
  stockKeepPost(args: { variant: VariantId }, body: StockKeep, options?: Options): Promise<Result<StockAllocation, StockKeepPostSlug>> {
    return call('POST', address(`/v1/variants/${encodeURIComponent(args.variant)}/allocations`), body, options);
  },
  // GET /v1/shops/{shop:ShopId}/stock/movements
  stockLedger(args: { shop: ShopId; before?: StockMovementId; reason?: StockReason; warehouse?: WarehouseId; from?: Time; to?: Time }, options?: Options): Promise<Result<StockHistory, StockLedgerSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/stock/movements`, { before: args.before, reason: args.reason, warehouse: args.warehouse, from: args.from, to: args.to }), undefined, options);
  },
  // GET /v1/shops/{shop:ShopId}/stock/levels.csv: What there is of each variant, and in each warehouse.
  stockLevelsCsv(args: { shop: ShopId }, options?: Options): Promise<Result<undefined, StockLevelsCsvSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/stock/levels.csv`), undefined, options);
  },
  // PUT /v1/variants/{variant:VariantId}/stock/line: Without low: the shop's line.
  stockLine(args: { variant: VariantId }, body: StockLine, options?: Options): Promise<Result<undefined, StockLineSlug>> {
    return call('PUT', address(`/v1/variants/${encodeURIComponent(args.variant)}/stock/line`), body, options);
  },
  // GET /v1/shops/{shop:ShopId}/stock
  stockListGet(args: { shop: ShopId; before?: VariantId; search?: string; low?: boolean }, options?: Options): Promise<Result<StockPage, StockListGetSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/stock`, { before: args.before, search: args.search, low: args.low }), undefined, options);
  },
  // GET /v1/shops/{shop:ShopId}/stock/low: low and out count all variants on sale that are at or below their line, and those of them of which nothing is left.
  stockLowGet(args: { shop: ShopId; before?: VariantId }, options?: Options): Promise<Result<StockLowPage, StockLowGetSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/stock/low`, { before: args.before }), undefined, options);
  },
  // GET /v1/variants/{id:VariantId}/stock
  stockMovements(args: { id: VariantId; before?: StockMovementId; reason?: StockReason; warehouse?: WarehouseId; from?: Time; to?: Time }, options?: Options): Promise<Result<StockHistory, StockMovementsSlug>> {
    return call('GET', address(`/v1/variants/${encodeURIComponent(args.id)}/stock`, { before: args.before, reason: args.reason, warehouse: args.warehouse, from: args.from, to: args.to }), undefined, options);
  },
  // GET /v1/shops/{shop:ShopId}/stock/movements.csv: Comma-separated text (RFC 4180), oldest first; at most 50000 movements.
  stockMovementsCsv(args: { shop: ShopId; variant?: VariantId; reason?: StockReason; warehouse?: WarehouseId; from?: Time; to?: Time }, options?: Options): Promise<Result<undefined, StockMovementsCsvSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/stock/movements.csv`, { variant: args.variant, reason: args.reason, warehouse: args.warehouse, from: args.from, to: args.to }), undefined, options);
  },
  // POST /v1/variants/{variant:VariantId}/stock
  stockPost(args: { variant: VariantId }, body: StockChange, options?: Options): Promise<Result<StockLevel, StockPostSlug>> {
    return call('POST', address(`/v1/variants/${encodeURIComponent(args.variant)}/stock`), body, options);
  },
  // GET /v1/shops/{shop:ShopId}/stock/settings
  stockSettingsGet(args: { shop: ShopId }, options?: Options): Promise<Result<StockSettings, StockSettingsGetSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/stock/settings`), undefined, options);
  },
  // PUT /v1/shops/{shop:ShopId}/stock/settings
  stockSettingsSet(args: { shop: ShopId }, body: StockSettings, options?: Options): Promise<Result<StockSettings, StockSettingsSetSlug>> {
    return call('PUT', address(`/v1/shops/${encodeURIComponent(args.shop)}/stock/settings`), body, options);
  },
  // POST /v1/shops/{shop:ShopId}/stock/transfers: All or none: two movements a line.
  stockTransferPost(args: { shop: ShopId }, body: StockTransfer, options?: Options): Promise<Result<undefined, StockTransferPostSlug>> {
    return call('POST', address(`/v1/shops/${encodeURIComponent(args.shop)}/stock/transfers`), body, options);
  },
  // GET /v1/shops/{shop:ShopId}/warehouses
  warehouseList(args: { shop: ShopId }, options?: Options): Promise<Result<WarehousePage, WarehouseListSlug>> {
    return call('GET', address(`/v1/shops/${encodeURIComponent(args.shop)}/warehouses`), undefined, options);
  },
  // PATCH /v1/warehouses/{id:WarehouseId}
  warehousePatch(args: { id: WarehouseId }, body: WarehouseEdit, options?: Options): Promise<Result<Warehouse, WarehousePatchSlug>> {
    return call('PATCH', address(`/v1/warehouses/${encodeURIComponent(args.id)}`), body, options);
  },
  // POST /v1/shops/{shop:ShopId}/warehouses
  warehousePost(args: { shop: ShopId }, body: WarehouseNew, options?: Options): Promise<Result<Warehouse, WarehousePostSlug>> {
    return call('POST', address(`/v1/shops/${encodeURIComponent(args.shop)}/warehouses`), body, options);
  },
  // DELETE /v1/warehouses/{id:WarehouseId}
  warehouseRemove(args: { id: WarehouseId }, options?: Options): Promise<Result<undefined, WarehouseRemoveSlug>> {
    return call('DELETE', address(`/v1/warehouses/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/invoices.csv: For the books: a row for each paper and rate, of the days from and until it (ISO dates, at most 366 days).
  invoiceCsv(args: { shop: ShopId }, options?: Options): Promise<Result<undefined, InvoiceCsvSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/invoices.csv`), undefined, options);
  },
  // GET /v1/invoices/{id:InvoiceId}
  invoiceGet(args: { id: InvoiceId }, options?: Options): Promise<Result<Invoice, InvoiceGetSlug>> {
    return call('GET', address(`/v1/invoices/${encodeURIComponent(args.id)}`), undefined, options);
  },
  // GET /v1/invoices/{id:InvoiceId}.html: The paper as a page that can be printed.
  invoiceHtml(args: { id: InvoiceId }, options?: Options): Promise<Result<undefined, InvoiceHtmlSlug>> {
    return call('GET', address(`/v1/invoices/${encodeURIComponent(args.id)}.html`), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/invoices
  invoiceList(args: { shop: ShopId; before?: InvoiceId; limit?: number }, options?: Options): Promise<Result<InvoiceCardPage, InvoiceListSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/invoices`, { before: args.before, limit: args.limit }), undefined, options);
  },
  // GET /v1/invoices/{id:InvoiceId}.pdf
  invoicePdf(args: { id: InvoiceId }, options?: Options): Promise<Result<undefined, InvoicePdfSlug>> {
    return call('GET', address(`/v1/invoices/${encodeURIComponent(args.id)}.pdf`), undefined, options);
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
  // GET /v1/trends: region: a country of shops; without one, everywhere. category: a kind of product as shops write it.
  trendList(args: { kind?: TrendKind; region?: string; category?: string; window?: TrendWindow; limit?: number } = {}, options?: Options): Promise<Result<TrendPage, TrendListSlug>> {
    return call('GET', address('/v1/trends', { kind: args.kind, region: args.region, category: args.category, window: args.window, limit: args.limit }), undefined, options);
  },
  // GET /v1/studio/shops/{shop:ShopId}/trends: What is rising in the shop's country, in the kinds of product that it sells; of everything where it sells nothing yet.
  trendStudio(args: { shop: ShopId; window?: TrendWindow }, options?: Options): Promise<Result<TrendPage, TrendStudioSlug>> {
    return call('GET', address(`/v1/studio/shops/${encodeURIComponent(args.shop)}/trends`, { window: args.window }), undefined, options);
  },
};
