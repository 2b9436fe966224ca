// What other features may ask of shops: cards, terms, and who may do what in them.
#pragma once
#include "shops.gen.h"

// May this caller act for the shop with at least this role (owner > manager > packer)? ERR_NOT_FOUND without the shop,
// ERR_FORBIDDEN for everyone else. An operator may everything.
Err shop_may(Tx *tx, const By *by, ShopId shop, StaffRole least);
// ERR_NOT_FOUND.
Err shop_card(Tx *tx, ShopId shop, ShopCard *out);
Err shop_terms(Tx *tx, ShopId shop, Shop *out);
// The shops that an account works in.
Err shop_roles(Tx *tx, AccountId account, ShopRoleList *out);
