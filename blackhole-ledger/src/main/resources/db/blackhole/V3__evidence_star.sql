-- Who is to blame, as a star: the one that forked, or the one that a convicted member serves. Older rows of
-- members name the member's key; which star that served is not known here.
alter table evidence add column star bytea;
update evidence set star = culprit;
alter table evidence alter column star set not null;
create index evidence_star on evidence (star, height, position);
