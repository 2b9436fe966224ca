// Bahasa Indonesia, the box that says what a delivery costs and when it comes.
import type { deliveryEn } from './delivery.en';

const deliveryId: typeof deliveryEn = {
  'arrives': 'Tiba {range}',
  'to': 'Ke {place}',
  'to_shop': 'Di dalam {place}',
  'change': 'Ubah',
  'choose': 'Pilih lokasi Anda',
  'free': 'Gratis ongkir',
  'free_over': 'Gratis mulai {price}',
  'sent_by': 'Diserahkan paling lambat {day}',
  'cod': 'Bayar di tempat',
  'cod_fee': 'Bayar di tempat, biaya {price}',
  'failed': 'Ongkos kirim belum dapat dihitung saat ini.',
  'retry': 'Coba lagi',
  'loading': 'Menghitung ongkos kirim',

  'no.none': '',
  'no.closed': 'Saat ini tidak ada pengiriman ke {place}',
  'no.excluded': 'Toko tidak mengirim ke daerah ini',
  'no.no_zone': 'Toko tidak mengirim ke {place}',
  'no.need_place': 'Isi kode pos: toko hanya mengirim ke sebagian {place}',
  'no.too_heavy': 'Terlalu berat untuk dikirim ke sana',
  'no.too_many': 'Lebih banyak dari yang dikirim sekaligus ke sana',
  'no.too_dear': 'Terlalu banyak untuk satu pesanan',
  'no.currency': 'Toko belum punya ongkos kirim dalam mata uang ini',

  'cod_no.none': '',
  'cod_no.shop': '',
  'cod_no.zone': 'Tidak bisa bayar di tempat di daerah ini',
  'cod_no.too_large': 'Tidak bisa bayar di tempat untuk pesanan sebesar ini',
  'cod_no.refused': 'Tidak bisa bayar di tempat setelah beberapa paket ditolak: bayar sebelum dikirim',

  'place.title': 'Dikirim ke mana?',
  'place.saved': 'Alamat Anda',
  'place.other': 'Lokasi lain',
  'place.use': 'Pakai lokasi ini',
  'place.hint': 'Hanya untuk menampilkan harga dan hari. Disimpan di perangkat ini.',
};

export default deliveryId;
