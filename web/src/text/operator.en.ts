// English, the operator's part. operator.id.ts must have the same keys; TypeScript checks.
export const operatorEn = {
  'title': 'Operator',
  'no_title': 'This is for the market’s operators',
  'no_body': 'Your account does not run this market.',
  'nav.label': 'Operator',
  'nav.more': 'More',
  'nav.home': 'Overview',
  'nav.payments': 'Payments',
  'nav.refunds': 'Refunds',
  'nav.audit': 'Audit',
  'nav.tax': 'Tax rates',
  'nav.vouchers': 'Vouchers',
  'nav.market': 'Back to the market',

  'home.todo': 'To do',
  'home.pages': 'Everything',

  'audit.title': 'Audit',
  'audit.lead': 'Checks every promise about stock, orders, payments and money in one look at the whole database. It runs by itself each night at three.',
  'audit.run': 'Check now',
  'audit.never': 'It has not run yet.',
  'audit.running': 'Checking…',
  'audit.running_note': 'Begun {at}. On a large market this takes up to a minute; the page shows the result when it is there.',
  'audit.clean': 'Everything holds',
  'audit.clean_note': 'Checked {at}, in {seconds} s.',
  'audit.found': '{n, plural, one {# promise does not hold} other {# promises do not hold}}',
  'audit.found_note': 'Checked {at}, in {seconds} s. Nothing was changed: find out why before anything is paid out.',
  'audit.rule': 'Rule',
  'audit.count': 'Found',
  'audit.thing': 'Where',
  'audit.detail': 'What',
  'audit.rules': 'By rule',
  'audit.items': 'The first {n}',
};

export default operatorEn;
