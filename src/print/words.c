// The words on papers. Knows no layout.
#include "print/words.h"

static const char *const EN[WORD_COUNT] = {
    [WORD_AMOUNT] = "Amount", [WORD_BASE] = "Before tax", [WORD_BUYER] = "Buyer", [WORD_BUYER_NOTE] = "Note from the buyer",
    [WORD_CARRIER] = "Carrier", [WORD_COD_FEE] = "Cash on delivery fee", [WORD_COLLECT] = "COD: collect",
    [WORD_CREDITS] = "For invoice", [WORD_CREDIT_NOTE] = "Credit note", [WORD_DATE] = "Date", [WORD_DISCOUNT] = "Discount",
    [WORD_ERASED] = "The buyer's account was erased, and name and address with it.", [WORD_FROM] = "From",
    [WORD_GOODS] = "Goods", [WORD_INCLUDED] = "Tax included", [WORD_INVOICE] = "Invoice", [WORD_ITEM] = "Item",
    [WORD_NO_COLLECT] = "PAID: collect nothing", [WORD_NO_TAX] = "No tax is charged on this sale.", [WORD_ORDER] = "Order",
    [WORD_ORDERED] = "Ordered", [WORD_OTHER] = "Other", [WORD_PACKING_SLIP] = "Packing slip",
        [WORD_PAGE_OF] = "Page %lld of %lld",
    [WORD_PARCEL] = "Parcel", [WORD_PAYMENT] = "Payment", [WORD_PIECES] = "Pieces",
    [WORD_PLATFORM] = "The tax on this sale is collected and paid to the authority by the marketplace.", [WORD_PRICE] = "Price",
    [WORD_QUANTITY] = "Qty", [WORD_REASON] = "Reason", [WORD_REGISTRATION] = "Registration", [WORD_SELLER] = "Seller",
    [WORD_SHIPPING] = "Shipping", [WORD_SHIP_TO] = "Ship to", [WORD_SKU] = "SKU", [WORD_TAX] = "Tax",
        [WORD_TAX_FREE] = "Tax-free",
    [WORD_TAX_ID] = "Tax number", [WORD_TO] = "To", [WORD_TOTAL] = "Total", [WORD_TOTAL_BACK] = "Total given back",
    [WORD_TRACKING] = "Tracking", [WORD_WEIGHT] = "Weight",
};

static const char *const ID[WORD_COUNT] = {
    [WORD_AMOUNT] = "Jumlah", [WORD_BASE] = "Sebelum pajak", [WORD_BUYER] = "Pembeli", [WORD_BUYER_NOTE] = "Catatan dari pembeli",
    [WORD_CARRIER] = "Kurir", [WORD_COD_FEE] = "Biaya COD", [WORD_COLLECT] = "COD: tagih", [WORD_CREDITS] = "Untuk faktur",
    [WORD_CREDIT_NOTE] = "Nota kredit", [WORD_DATE] = "Tanggal", [WORD_DISCOUNT] = "Diskon",
    [WORD_ERASED] = "Akun pembeli telah dihapus, beserta nama dan alamatnya.", [WORD_FROM] = "Dari", [WORD_GOODS] = "Barang",
    [WORD_INCLUDED] = "Sudah termasuk pajak", [WORD_INVOICE] = "Faktur", [WORD_ITEM] = "Barang",
    [WORD_NO_COLLECT] = "LUNAS: jangan menagih", [WORD_NO_TAX] = "Tidak ada pajak atas penjualan ini.", [WORD_ORDER] = "Pesanan",
    [WORD_ORDERED] = "Dipesan", [WORD_OTHER] = "Lain-lain", [WORD_PACKING_SLIP] = "Surat jalan",
    [WORD_PAGE_OF] = "Halaman %lld dari %lld", [WORD_PARCEL] = "Paket", [WORD_PAYMENT] = "Pembayaran",
        [WORD_PIECES] = "Jumlah barang",
    [WORD_PLATFORM] = "Pajak atas penjualan ini dipungut dan disetor oleh lokapasar.", [WORD_PRICE] = "Harga",
    [WORD_QUANTITY] = "Jml", [WORD_REASON] = "Alasan", [WORD_REGISTRATION] = "Nomor registrasi", [WORD_SELLER] = "Penjual",
    [WORD_SHIPPING] = "Ongkos kirim", [WORD_SHIP_TO] = "Kirim ke", [WORD_SKU] = "SKU", [WORD_TAX] = "Pajak",
    [WORD_TAX_FREE] = "Bebas pajak", [WORD_TAX_ID] = "NPWP", [WORD_TO] = "Kepada", [WORD_TOTAL] = "Total",
    [WORD_TOTAL_BACK] = "Total dikembalikan", [WORD_TRACKING] = "Nomor resi", [WORD_WEIGHT] = "Berat",
};

static bool indonesian(Str language)
{
    return str_eq(language, STR("id"));
}

Str print_word(Str language, Word w)
{
    return str_of((indonesian(language) ? ID : EN)[w]);
}

Str print_method(Str language, Str method)
{
    static const struct { const char *method, *en, *id; } METHODS[] = {
        { "cod", "Cash on delivery", "Bayar di tempat (COD)" }, { "transfer", "Bank transfer", "Transfer bank" },
        { "bank_transfer", "Bank transfer", "Transfer bank" }, { "stripe", "Card", "Kartu" }, { "card", "Card", "Kartu" },
        { "qris", "QRIS", "QRIS" }, { "virtual_account", "Virtual account", "Virtual account" }, { "va", "Virtual account",
        "Virtual account" }, { "test", "Test payment", "Pembayaran uji" },
        { "cod+voucher", "Cash on delivery, and a voucher paid by the marketplace", "COD, dan voucher yang dibayar lokapasar" },
        { "transfer+voucher", "Bank transfer, and a voucher paid by the marketplace",
          "Transfer bank, dan voucher yang dibayar lokapasar" },
        { "card+voucher", "Card, and a voucher paid by the marketplace", "Kartu, dan voucher yang dibayar lokapasar" },
        { "qris+voucher", "QRIS, and a voucher paid by the marketplace", "QRIS, dan voucher yang dibayar lokapasar" },
        { "virtual_account+voucher", "Virtual account, and a voucher paid by the marketplace",
          "Virtual account, dan voucher yang dibayar lokapasar" },
        { "test+voucher", "Test payment, and a voucher paid by the marketplace",
          "Pembayaran uji, dan voucher yang dibayar lokapasar" },
    };
    for (i64 i = 0; i < COUNT(METHODS); i++)
        if (str_eq(method, str_of(METHODS[i].method))) return str_of(indonesian(language) ? METHODS[i].id : METHODS[i].en);
    return method;
}
