-- Since when a pull request is seen not to be open, so that it can be forgotten in the end; those of before begin to wait now.

alter table pulls add column if not exists closed timestamp(6) with time zone;
create index if not exists pulls_by_end on pulls (closed, repository, number);
