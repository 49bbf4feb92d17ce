-- The ledger's state after some block, in parts, from which the next start goes on.
create table snapshot_part (
  height  bigint  not null,
  part    integer not null,
  content bytea   not null,
  primary key (height, part)
);
