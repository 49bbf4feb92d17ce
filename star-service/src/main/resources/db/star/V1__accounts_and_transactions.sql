-- One row per star that this service serves. The writer thread is the only one that changes rows.
CREATE TABLE account (
  star              bytea   PRIMARY KEY,
  sealed_key        bytea,             -- null where the owner keeps the key
  token_hash        bytea,             -- null where the owner signs
  signing_key       bytea   NOT NULL,  -- public key that signs the next half-block
  head_sequence     bigint  NOT NULL,  -- last half-block that was accepted, 0 for none
  head_id           bytea   NOT NULL,
  executed_sequence bigint  NOT NULL,  -- last half-block with a receipt that extends the chain
  join_notice       bytea,             -- sent until a galaxy block gave the star its home
  homed             boolean NOT NULL,
  opened_at         timestamptz NOT NULL
);
CREATE INDEX account_waiting_for_home ON account (star) WHERE NOT homed AND join_notice IS NOT NULL;

-- Every half-block of the stars above, by place. The primary key is why a sequence is never used twice.
CREATE TABLE half_block (
  star        bytea    NOT NULL,
  sequence    bigint   NOT NULL,
  id          bytea    NOT NULL,
  bytes       bytea    NOT NULL,
  transaction bytea,
  outcome     smallint,               -- code of the galaxy's receipt, null until there is one
  height      bigint,
  PRIMARY KEY (star, sequence)
);

-- Transactions in which one of the stars above has a part.
CREATE TABLE transaction (
  id                  bytea    PRIMARY KEY,
  proposer            bytea    NOT NULL,
  sequence            bigint   NOT NULL,
  counterparty        bytea    NOT NULL,
  legs                bytea    NOT NULL,
  memo                text     NOT NULL,
  valid_until         bigint   NOT NULL,
  proposed_at         timestamptz NOT NULL,
  agreed              boolean  NOT NULL,
  proposal_certified  boolean  NOT NULL,
  agreement_certified boolean  NOT NULL,
  outcome             smallint,       -- code of the receipt that ended it, null while it is open
  height              bigint,
  change              bigint   NOT NULL -- place of its latest change in the service's feed
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX transaction_feed ON transaction (change);
CREATE INDEX transaction_of_proposer ON transaction (proposer, change);
CREATE INDEX transaction_of_counterparty ON transaction (counterparty, change);
CREATE INDEX transaction_open_of_proposer ON transaction (proposer, change) WHERE outcome IS NULL;
CREATE INDEX transaction_open_of_counterparty ON transaction (counterparty, change)
  WHERE outcome IS NULL;

-- What an idempotency key was answered with.
CREATE TABLE answer (
  star        bytea NOT NULL,
  key         text  NOT NULL,
  request     bytea NOT NULL,         -- hash of what was asked
  id          bytea NOT NULL,         -- of the transaction or half-block that was written
  sequence    bigint NOT NULL,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (star, key)
);
CREATE INDEX answer_by_age ON answer (answered_at);

-- Segments without a receipt; they are sent until a galaxy block shows that all of it is executed.
CREATE TABLE outbox (
  star           bytea   NOT NULL,
  first_sequence bigint  NOT NULL,
  last_sequence  bigint  NOT NULL,
  segment        bytea   NOT NULL,
  proposals      boolean NOT NULL,    -- it goes to the inbox, too
  accepted_at    timestamptz NOT NULL,
  PRIMARY KEY (star, last_sequence)
);

-- The last galaxy block whose receipts stand in the tables above.
CREATE TABLE ledger_position (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  height   bigint  NOT NULL,
  hash     bytea   NOT NULL
);
