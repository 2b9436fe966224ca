-- How much of a product was bought lately.
CREATE INDEX order_line_product ON order_line (product, id);
