// Bahasa Indonesia, bagian operator.
import type { operatorEn } from './operator.en';

const operatorId: Record<keyof typeof operatorEn, string> = {
  'title': 'Operator',
  'no_title': 'Ini untuk operator pasar',
  'no_body': 'Akun Anda tidak mengelola pasar ini.',
  'nav.label': 'Operator',
  'nav.more': 'Lainnya',
  'nav.home': 'Ringkasan',
  'nav.returns': 'Sengketa',
  'nav.payments': 'Pembayaran',
  'nav.refunds': 'Pengembalian',
  'nav.markets': 'Pasar negara',
  'nav.payouts': 'Pencairan',
  'nav.sellers': 'Penjual',
  'nav.books': 'Pembukuan',
  'nav.audit': 'Audit',
  'nav.tax': 'Tarif pajak',
  'nav.vouchers': 'Voucher',
  'nav.market': 'Kembali ke pasar',

  'home.todo': 'Yang perlu dikerjakan',
  'home.nothing': 'Tidak ada yang menunggu.',
  'home.pages': 'Semua halaman',

  'audit.title': 'Audit',
  'audit.lead': 'Memeriksa setiap janji tentang stok, pesanan, pembayaran, dan uang dalam satu pandangan atas seluruh basis data. Berjalan sendiri tiap malam pukul tiga.',
  'audit.run': 'Periksa sekarang',
  'audit.never': 'Belum pernah dijalankan.',
  'audit.running': 'Sedang memeriksa…',
  'audit.running_note': 'Dimulai {at}. Pada pasar besar ini perlu sampai satu menit; hasilnya muncul di sini.',
  'audit.failed': 'Pemeriksaan tidak berhasil',
  'audit.failed_note': 'Dicoba {at}. Sebabnya ada di log server. Dicoba lagi malam hari, atau sekarang kalau diminta.',
  'audit.clean': 'Semuanya cocok',
  'audit.clean_note': 'Diperiksa {at}, dalam {seconds} dtk.',
  'audit.found': '{n, plural, other {# janji tidak terpenuhi}}',
  'audit.found_note': 'Diperiksa {at}, dalam {seconds} dtk. Tidak ada yang diubah: cari sebabnya sebelum ada yang dibayarkan.',
  'audit.rule': 'Aturan',
  'audit.count': 'Ditemukan',
  'audit.thing': 'Di mana',
  'audit.detail': 'Apa',
  'audit.rules': 'Menurut aturan',
  'audit.items': '{n} yang pertama',
};

export default operatorId;
