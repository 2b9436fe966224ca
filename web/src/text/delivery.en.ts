// English, the box that says what a delivery costs and when it comes. delivery.id.ts must have the same keys; TypeScript checks.
export const deliveryEn = {
  'arrives': 'Arrives {range}',
  'to': 'To {place}',
  'to_shop': 'Within {place}',
  'change': 'Change',
  'choose': 'Choose your place',
  'free': 'Free shipping',
  'free_over': 'Free from {price}',
  'sent_by': 'Handed over by {day}',
  'cod': 'Cash on delivery',
  'cod_fee': 'Cash on delivery, fee {price}',
  'failed': 'The delivery could not be worked out just now.',
  'retry': 'Try again',
  'loading': 'Working out the delivery',

  'no.none': '',
  'no.closed': 'Nothing is sent to {place} at present',
  'no.excluded': 'The shop does not send to this area',
  'no.no_zone': 'The shop does not send to {place}',
  'no.need_place': 'Give a postcode: the shop sends to parts of {place} only',
  'no.too_heavy': 'Too heavy for what the shop sends there',
  'no.too_many': 'More than the shop sends there at once',
  'no.too_dear': 'Too much to be sent in one order',
  'no.currency': 'The shop has no shipping price in this currency',

  'cod_no.none': '',
  'cod_no.shop': '',
  'cod_no.zone': 'No cash on delivery in this area',
  'cod_no.too_large': 'No cash on delivery for an order this large',
  'cod_no.refused': 'No cash on delivery after several refused parcels: pay before it is sent',

  'place.title': 'Where should it go?',
  'place.saved': 'Your addresses',
  'place.other': 'Another place',
  'place.use': 'Use this place',
  'place.hint': 'Only to show prices and days. It is kept on this device.',
};

export default deliveryEn;
