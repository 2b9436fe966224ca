// Refusals: one list with HTTP status and slug. A rule returns an Err; the dispatcher makes an RFC 9457 answer of it.
#pragma once
#include "base/types.h"

// X(constant, status, slug, title). Slugs are stable names for clients: /problems/<slug>. Keep each group sorted.
#define ERR_LIST(X) \
    X(ERR_BAD_REQUEST,        400, "bad_request",        "The request could not be understood") \
    X(ERR_BAD_FIELD,          422, "bad_field",          "A field has a value that is not allowed") \
    X(ERR_BAD_JSON,           400, "bad_json",           "The body is not valid JSON") \
    X(ERR_CSRF,               403, "csrf",               "The request did not come from this site's own pages") \
    X(ERR_FORBIDDEN,          403, "forbidden",          "This account may not do that") \
    X(ERR_HEAD_TOO_LARGE,     431, "head_too_large",     "The request's head is too large") \
    X(ERR_IDEMPOTENCY_KEY,    422, "idempotency_key",    "The Idempotency-Key was used before with another request") \
    X(ERR_LENGTH_REQUIRED,    411, "length_required",    "The request needs a Content-Length") \
    X(ERR_METHOD,             405, "method_not_allowed", "This address does not take that method") \
    X(ERR_NOT_FOUND,          404, "not_found",          "There is nothing here") \
    X(ERR_RANGE,              416, "range",              "The range lies outside the content") \
    X(ERR_SIGN_IN,            401, "sign_in",            "Sign in first") \
    X(ERR_TIMEOUT,            408, "timeout",            "The request took too long to arrive") \
    X(ERR_TOO_LARGE,          413, "too_large",          "The body is too large") \
    X(ERR_TOO_MANY,           429, "too_many",           "Too many tries; wait a little") \
    X(ERR_UNSUPPORTED_TYPE,   415, "unsupported_type",   "The body's type is not one that this address takes") \
    /* of the machine */ \
    X(ERR_DB,                 500, "internal",           "Something went wrong here; it has been logged") \
    X(ERR_INTERNAL,           500, "internal",           "Something went wrong here; it has been logged") \
    X(ERR_BUSY,               503, "busy",               "Too much is going on right now; try again") \
    X(ERR_FULL,               503, "busy",               "This request needs more memory than one may have") \
    X(ERR_DISK,               507, "disk",               "There is no room left to store this") \
    /* accounts, shops */ \
    X(ERR_HANDLE_TAKEN,       409, "handle_taken",       "That name is taken") \
    X(ERR_WEAK_PASSWORD,      422, "weak_password",      "That password is too easy to guess") \
    X(ERR_WRONG_PASSWORD,     401, "wrong_sign_in",      "The e-mail or the password is not right") \
    /* catalog, stock, cart */ \
    X(ERR_ARCHIVED,           409, "archived",           "This is no longer for sale") \
    X(ERR_CART_EMPTY,         409, "cart_empty",         "The cart is empty") \
    X(ERR_CART_FULL,          409, "cart_full",          "The cart holds no more lines") \
    X(ERR_CURRENCY,           409, "currency",           "These are sold in different currencies") \
    X(ERR_PRICE_CHANGED,      409, "price_changed",      "A price has changed; look at the cart again") \
    X(ERR_SKU_TAKEN,          409, "sku_taken",          "This shop has that SKU already") \
    X(ERR_SOLD_OUT,           409, "sold_out",           "There is not enough left") \
    X(ERR_STALE,              409, "stale",              "Someone changed this meanwhile; load it again") \
    X(ERR_TOO_MANY_ITEMS,     409, "too_many_items",     "There is no room for more of these") \
    /* orders, payments */ \
    X(ERR_LIMIT,              409, "limit",              "That is more than one buyer may have") \
    X(ERR_METHOD_OFF,         409, "method_off",         "That way to pay is not offered here") \
    X(ERR_NOT_SERVED,         409, "not_served",         "The shop does not send there") \
    X(ERR_PAYMENT_OVER,       409, "payment_over",       "This payment is over already") \
    X(ERR_VOUCHER,            409, "voucher",            "That voucher cannot be used here") \
    X(ERR_WRONG_STATE,        409, "wrong_state",        "That cannot be done in the present state") \
    /* ledger */ \
    X(ERR_BALANCE,            409, "balance",            "There is not so much in the balance") \
    X(ERR_BELOW_LEAST,        409, "below_least",        "That is less than is paid out at once") \
    X(ERR_UNVERIFIED,         409, "unverified",         "The payout account has not been verified") \
    /* feed */ \
    X(ERR_NO_CONSENT,         403, "no_consent",         "This person has not agreed to that") \
    /* comments */ \
    X(ERR_BLOCKED_WORD,       422, "blocked_word",       "A word of this is not wanted here") \
    /* uploads, clips, pictures */ \
    X(ERR_BAD_MEDIA,          422, "bad_media",          "This file could not be read as a picture or video") \
    X(ERR_LOCKED,             423, "locked",             "Another request is writing this upload") \
    X(ERR_OFFSET,             409, "offset",             "The upload does not continue at that place") \
    X(ERR_TUS_VERSION,        412, "tus_version",        "This server speaks tus 1.0.0")

typedef enum Err {
    ERR_OK = 0,
#define ERR_ENUM(constant, status, slug, title) constant,
    ERR_LIST(ERR_ENUM)
#undef ERR_ENUM
    ERR_COUNT
} Err;

int         err_status(Err e);      // HTTP status; 200 for ERR_OK
const char *err_slug(Err e);
const char *err_title(Err e);

// Why a rule refused, for the answer's "detail" and "field". Lives in the Tx or Req that the rule was given.
typedef struct Refusal { const char *field; char detail[200]; } Refusal;

// Fills *why and returns e, so that a rule can `return refuse(&tx->why, ERR_SOLD_OUT, "quantity", "Only %…", …)`.
Err refuse(Refusal *why, Err e, const char *field, const char *format, ...) __attribute__((format(printf, 4, 5)));

#define try(x) do { Err try_err_ = (x); if (try_err_ != ERR_OK) return try_err_; } while (0)
