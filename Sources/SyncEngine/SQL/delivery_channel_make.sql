-- $1 channels text[]
INSERT INTO alert_channels (channel) SELECT unnest($1::text[]) ON CONFLICT (channel) DO NOTHING
