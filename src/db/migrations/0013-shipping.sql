-- Shipping: a shop's zones and rates, what its variants weigh, and who refused parcels at the door.

-- Append-only: the newest version is in force. The profile is one text (JSON of the type ShipProfilePut), written and read by
-- its field table: a quote needs all of it, so one read serves, and no version is ever half there.
CREATE TABLE ship_profile (
    shop ID,
    version INT CHECK (version > 0),
    profile TEXT,
    packed TEXT,                        -- the same, as quotes read it (shipping/pack.h)
    actor ID,
    at INT,
    PRIMARY KEY (shop, version)
);

CREATE TABLE variant_parcel (
    shop ID,
    variant ID,
    product ID,
    weight_g INT NULL CHECK (weight_g BETWEEN 1 AND 1000000),
    length_mm INT NULL CHECK (length_mm BETWEEN 1 AND 5000),
    width_mm INT NULL CHECK (width_mm BETWEEN 1 AND 5000),
    height_mm INT NULL CHECK (height_mm BETWEEN 1 AND 5000),
    handling_days INT NULL CHECK (handling_days BETWEEN 0 AND 30),
    PRIMARY KEY (shop, variant)
);
CREATE INDEX variant_parcel_product ON variant_parcel (product, variant);

-- A parcel that was to be paid at the door and was not taken. One an order.
CREATE TABLE cod_refusal (
    shop_order ID PRIMARY KEY,
    account ID,
    at INT
);
CREATE INDEX cod_refusal_account ON cod_refusal (account, at);
