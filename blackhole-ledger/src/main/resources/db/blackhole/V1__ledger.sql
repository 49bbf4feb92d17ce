-- One galaxy block is written in one transaction. What is derived from a block stands beside it, so
-- that every question is a query; the block's own bytes answer whoever trusts no query.

create table block (
  height      bigint primary key,
  hash        bytea    not null unique,
  previous    bytea    not null,
  era         bigint   not null,
  time_millis bigint   not null,
  tick        bigint   not null,
  state_root  bytea    not null,
  half_blocks integer  not null,
  receipts    integer  not null,
  bytes       integer  not null
);

-- Apart from the row that is read often: whole blocks are large, and read to be served or proven.
create table block_content (
  height  bigint primary key references block,
  encoded bytea not null
);

create table half_block (
  id          bytea   primary key,
  star        bytea   not null,
  sequence    bigint  not null,
  height      bigint  not null references block,
  kind        text    not null,
  outcome     integer not null,
  transaction bytea,
  bytes       bytea   not null
);
create unique index half_block_by_star on half_block (star, sequence);
create index half_block_by_height on half_block (height, id);

create table receipt (
  height      bigint  not null references block,
  position    integer not null,
  subject     bytea   not null,
  outcome     integer not null,
  transaction bytea,
  primary key (height, position)
);
create index receipt_by_subject on receipt (subject);
create index receipt_by_transaction on receipt (transaction) where transaction is not null;

create table transaction (
  id              bytea   primary key,
  proposer        bytea   not null,
  counterparty    bytea   not null,
  valid_until     bigint  not null,
  memo            text    not null,
  outcome         integer not null,
  proposed_height bigint  not null references block,
  decided_height  bigint references block,
  agreement       bytea
);
create index transaction_by_proposer on transaction (proposer, proposed_height, id);
create index transaction_by_counterparty on transaction (counterparty, proposed_height, id);
-- What is on hold is few among many.
create index transaction_on_hold on transaction (id) where outcome = 1;

create table leg (
  transaction bytea   not null references transaction,
  position    integer not null,
  giver       bytea   not null,
  taker       bytea   not null,
  asset       bytea   not null,
  amount      bigint  not null,
  primary key (transaction, position)
);
create index leg_by_asset on leg (asset, transaction);

create table asset (
  id       bytea   primary key,
  issuer   bytea   not null,
  symbol   text    not null,
  name     text    not null,
  decimals integer not null,
  height   bigint  not null
);

create table star (
  star     bytea   primary key,
  home     integer not null,
  sequence bigint  not null,
  head     bytea   not null,
  marked   boolean not null
);

create table balance (
  star   bytea  not null,
  asset  bytea  not null,
  amount bigint not null,
  primary key (star, asset)
);
create index balance_by_asset on balance (asset, star);

create table evidence (
  height   bigint  not null references block,
  position integer not null,
  kind     text    not null,
  culprit  bytea   not null,
  bytes    bytea   not null,
  primary key (height, position)
);

-- The network's own token exists from the beginning; what the genesis file gave out is its issue.
create table genesis_issue (
  asset  bytea  primary key,
  amount bigint not null
);

-- An asset's figures, carried on with every block: adding them up anew reads the whole ledger.
create table asset_total (
  asset   bytea   primary key,
  held    numeric not null,
  on_hold numeric not null,
  issued  numeric not null,
  burnt   numeric not null
);

-- CONSERVATION as a query, from what is written down singly and not from the totals: the last column is zero for every asset, or the ledger is wrong.
create view conservation as
  select a.id as asset,
         coalesce(b.amount, 0)::numeric as held,
         coalesce(h.amount, 0)::numeric as on_hold,
         (coalesce(g.amount, 0) + coalesce(i.amount, 0))::numeric as issued,
         coalesce(u.amount, 0)::numeric as burnt,
         coalesce(b.amount, 0) + coalesce(h.amount, 0)
           - coalesce(g.amount, 0) - coalesce(i.amount, 0) + coalesce(u.amount, 0) as difference
  from asset a
  left join (select asset, sum(amount) as amount from balance group by asset) b on b.asset = a.id
  left join (select l.asset, sum(l.amount) as amount
             from leg l join transaction t on t.id = l.transaction join asset x on x.id = l.asset
             where t.outcome = 1 and l.giver = t.proposer and l.giver <> x.issuer
             group by l.asset) h on h.asset = a.id
  left join genesis_issue g on g.asset = a.id
  left join (select l.asset, sum(l.amount) as amount
             from leg l join transaction t on t.id = l.transaction join asset x on x.id = l.asset
             where t.outcome = 2 and l.giver = x.issuer
             group by l.asset) i on i.asset = a.id
  left join (select l.asset, sum(l.amount) as amount
             from leg l join transaction t on t.id = l.transaction join asset x on x.id = l.asset
             where t.outcome = 2 and l.taker = x.issuer
             group by l.asset) u on u.asset = a.id;
