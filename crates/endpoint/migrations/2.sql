-- A device reads the feed of what it has sent.
CREATE INDEX carried_device ON carried (jurisdiction, device, seq);
