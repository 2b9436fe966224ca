-- Which offer a line was put in under, so that the cart can say what has become of it.
ALTER TABLE cart_line ADD COLUMN offer ID NULL;
ALTER TABLE cart_line ADD COLUMN offer_version INT DEFAULT 0;
