-- Where buyers send what they give back: the shop's business address for that, shown to those who have such a return.
CREATE TABLE shop_return_place (
    shop ID PRIMARY KEY,
    address TEXT,
    set_by ID,
    at INT
);
